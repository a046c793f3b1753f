"""Food and drink in both languages."""

from records.language.tags import Tag

WORDS: dict[Tag, str] = {
    Tag.FOOD: (
        # grains, bread, noodles
        "sugars|brown rice|white rice|fried rice|noodle|spaghetti|macaroni|lasagne|lasagna|wrap|"
        "tortilla|"
        "bagel|roti|chapati|chapatis|naan|paratha|dosa|idli|couscous|quinoa|granola|muesli|"
        "cornflakes|weetabix|pancake|waffle|waffles|scone|scones|bread roll|baguette|rye bread|"
        "wholemeal bread|dumpling|steamed bun|steamed buns|wonton|wontons|spring roll|"
        "spring rolls|"
        "sushi|ramen|pho|oat|barley|millet|sweetcorn|"
        # meat, fish, eggs, beans
        "lamb|mutton|turkey|duck|ham|meatballs|meatball|mince|ribs|liver|hot dog|sausages|prawn|"
        "prawns|crab|lobster|sardines|cod|mackerel|haddock|omelette|omelet|scrambled eggs|"
        "boiled egg|boiled eggs|fried egg|fried eggs|egg white|egg whites|dal|dhal|lentil|"
        "chickpeas|hummus|tempeh|baked beans|peanut butter|cashews|walnuts|pistachios|seeds|"
        "chicken breast|drumstick|stir fry|stir-fry|stew|casserole|roast|roast dinner|kebab|"
        "tacos|"
        "burrito|nachos|fries|french fries|mashed potato|mash|dim sum|hotpot|hot pot|"
        # vegetables, fruit
        "lettuce|cucumber|carrot|onion|onions|garlic|peas|green beans|pepper|peppers|cauliflower|"
        "courgette|zucchini|eggplant|aubergine|pumpkin|squash soup|sweet potato|sweet potatoes|"
        "kale|"
        "bok choy|celery|asparagus|beetroot|radish|mushroom|leek|okra|coleslaw|olives|pickles|"
        "pear|peach|plum|plums|cherries|strawberry|blueberries|raspberries|berries|melon|papaya|"
        "pineapple|kiwi|lemon|grapefruit|apricot|apricots|raisins|prunes|figs|lychee|lychees|"
        "longan|durian|pomelo|persimmon|coconut|fruit salad|tangerine|mandarin|satsuma|"
        # sweets, snacks, dairy
        "biscuit|cookie|sweet|candies|chocolates|brownie|cupcake|doughnut|pie|apple pie|pudding|"
        "custard|jelly|ice lolly|crisps|popcorn|pretzels|cracker|snack bar|protein bar|syrup|"
        "cream|cottage cheese|mozzarella|cheddar|margarine|ghee|curd|lassi|soy milk|soya milk|"
        "almond milk|oat milk|skimmed milk|milkshake|hot chocolate|cocoa|"
        # drinks
        "espresso|cappuccino|green tea|black tea|herbal tea|milk tea|bubble tea|lemonade|"
        "orange juice|apple juice|fizzy drink|soft drink|pepsi|sprite|fanta|diet coke|coke zero|"
        "sparkling water|tonic|cider|rum|gin|brandy|champagne|red wine|white wine|pint|pints|"
        "cocktail|baijiu|sake|broth|gravy|soy sauce|ketchup|mayonnaise|olive oil|oil|"
        "fast food|takeaway|takeout|mcdonald's|kfc|junk food|leftovers|buffet|sugar-free|"
        "sugar free|"
        # 主食
        "糖|块糖|颗糖|米|白米饭|糙米饭|糙米|炒饭|蛋炒饭|盖饭|盖浇饭|煲仔饭|拌饭|便当|盒饭|白粥|"
        "皮蛋粥|八宝粥|"
        "燕麦粥|麦片|燕麦片|挂面|拉面|凉面|炒面|方便面|泡面|米线|河粉|粉丝|肠粉|凉皮|刀削面|"
        "意大利面|意面|花卷|烧饼|大饼|煎饼|葱油饼|馅饼|春卷|手抓饼|烙饼|发糕|年糕|糍粑|糯米|"
        "锅贴|生煎|小笼包|肉包|菜包|豆沙包|烧卖|抄手|吐司|三明治|汉堡|汉堡包|披萨|比萨|寿司|薯条|"
        "全麦面包|杂粮饭|杂粮粥|窝窝头|荞麦|荞麦面|小米|红豆|绿豆|绿豆汤|红豆汤|芋头|山药|南瓜|"
        "紫薯|地瓜|马铃薯|"
        # 肉蛋鱼豆
        "瘦肉|排骨|羊肉|鸭肉|鹅肉|鸡腿|鸡翅|鸡胸|鸡胸肉|鸭子|烤鸭|腊肉|香肠|火腿|火腿肠|培根|"
        "丸子|"
        "肉丸|肉末|肉丝|猪蹄|猪肝|牛排|羊排|牛腩|牛筋|羊肉串|烤肉|烧烤|涮羊肉|炸鸡|荷包蛋|煎蛋|"
        "水煮蛋|煮鸡蛋|茶叶蛋|咸鸭蛋|皮蛋|鸡蛋羹|蒸蛋|蛋羹|鸭蛋|鹌鹑蛋|带鱼|鲫鱼|鲈鱼|三文鱼|"
        "金枪鱼|"
        "虾仁|大虾|螃蟹|蟹|鱿鱼|海鲜|贝类|海带|紫菜|豆腐脑|豆腐干|豆干|豆皮|腐竹|黄豆|毛豆|"
        "纳豆|豆类|蛋白粉|"
        # 蔬果
        "菠菜|芹菜|生菜|油菜|小白菜|大白菜|包菜|卷心菜|花菜|西兰花|韭菜|茄子|豆角|四季豆|冬瓜|"
        "苦瓜|丝瓜|萝卜|白萝卜|胡萝卜|番茄|洋葱|大蒜|蘑菇|香菇|木耳|银耳|莲藕|藕|竹笋|辣椒|青椒|"
        "空心菜|茼蒿|豆芽|凉拌菜|素菜|炒菜|剩菜|咸鱼|泡菜|榨菜|梨|桃|桃子|橘子|柚子|柑子|草莓|"
        "蓝莓|樱桃|车厘子|荔枝|龙眼|桂圆|芒果|菠萝|哈密瓜|甜瓜|木瓜|猕猴桃|火龙果|榴莲|柿子|石榴|"
        "李子|杏|枣|红枣|葡萄干|核桃|杏仁|腰果|开心果|瓜子|栗子|板栗|"
        # 零食、糖、饮料
        "白糖|红糖|冰糖|砂糖|蔗糖|糖水|木糖醇|代糖|蜂蜜|果酱|奶油|黄油|芝士|奶酪|奶茶|珍珠奶茶|"
        "奶粉|羊奶|脱脂奶|纯牛奶|鲜奶|豆奶|布丁|果冻|雪糕|冰棍|薯片|爆米花|蛋挞|甜点|糕点|点心|"
        "麻花|月饼|果汁|橙汁|苹果汁|汽水|饮料|雪碧|可口可乐|矿泉水|白开水|开水|温水|凉白开|绿茶|"
        "红茶|"
        "乌龙茶|普洱|花茶|菊花茶|拿铁|美式|黑咖啡|米酒|黄酒|葡萄酒|洋酒|药酒|醪糟|汤水|排骨汤|"
        "蛋花汤|紫菜汤|骨头汤|老鸭汤|素食|快餐|外卖|自助餐|麻辣烫|麻辣香锅|烤鱼|小龙虾|酱油|醋|"
        "猪油|香油|植物油|橄榄油|无糖|低糖|低脂|全麦|水煮菜|蔬菜沙拉|水果沙拉|玉米糊|芝麻糊|豆沙"
    ),
    Tag.EAT: (
        "chewed|sipped|tucked into|finished off|gulped|munched|nibbled|tasted|devoured|"
        "尝了|啃了|嚼了|饮了|饮|干了一杯|吃掉|喝掉|吃光|喝光|就着|配着|早上吃|中午吃|晚上吃|又吃|"
        "又喝|只吃|只喝|多吃|少吃|食咗|饮咗|吃得|喝得"
    ),
    Tag.MEAL: "afternoon tea|late snack|midnight snack|"
    "下午茶|正餐|早午餐|午膳|晚膳|早膳|年夜饭|晚宴",
}
