"""English words about how somebody lives and feels, and about what is no reading at all."""

from records.language.tags import Tag

WORDS: dict[Tag, str] = {
    Tag.FOREIGN: (
        "phone|phone number|telephone|tel|call me|ring|mobile|fax|flat|street|road|avenue|"
        "district|apartment|apt|room|floor|house number|address|lane|zip|postcode|po box|"
        "sleep clinic|sleep mode|sleep study|squatted|deadlifted|benched|pressed|model|"
        "model number|lot|batch|batch number|lot number|"
        "expiry|order|password|passcode|code|pin|"
        "account|account number|"
        "card|order number|invoice|ticket|flight|"
        "bus|train|platform|gate|seat|locker|serial|ssn|passport|license|policy number|ext|"
        "tyre|tyres|tire|tires|water|oven|boils|boil|freezes|freezer|weather|outside|outdoor|"
        "forecast|car|engine|vision|eyesight|eye test|resolution|screen|pixels|score|scored|"
        "test was|exam|beat|beat them|won|lost the match|goals|match|game|league|team|chance|"
        "odds|recommend|stars|price|cost|costs|paid|pay|bill|dollars|usd|eur|euro|euros|rupees|"
        "bought|buy|sell|sale|discount|km/h|mph|drove|drive|driving|speed|lifted|lift|bench|"
        "press|deadlift|squat|dumbbell|wattage|battery|wifi|router|version|channel|page|chapter|"
        "verse|born|birthday|birth date|dob|appointment|meeting|see you|meet|book|schedule|"
        "remind|reminder|i'll|http|https|www|ip|ip address|million|billion|percent of|share|"
        "shares|stock|bitcoin|years of age|population|recipe|preheat|bake|baking|parcel|suitcase|"
        "luggage|bag|box|package|salary|rent|tax|fuel|petrol|gas|litres|aquarium|pool|shower|"
        "bath|fridge|heater|aircon|air conditioning|thermostat|degrees outside|humidity|square|"
        "feet of|cable|rope|tree|building|mountain|bridge|sofa|table|desk|bed frame|tv|iq|gre|"
        "sat score|toefl|ielts|grade|marks|quiz|poll|vote|votes|basketball|football|cricket|"
        "runs|wickets|innings|points|season|episode|rpm|ratio|aspect|camera|iso|lens|recorded at|"
        "channel|radio|fm|frequency|highway|route|exit|junction|building|block|unit no|suite|"
        "tower|avenue|ave|blvd|st.|rd.|hotel|coffee shop|shop|store|mall|boiler|barometer|"
        "barometric|hpa|atmospheric|peer|steam|hydraulic|tank|hose|rate of|mortgage|interest"
    ),
    Tag.UNKEPT: (
        "cholesterol|total cholesterol|ldl|hdl|ldl-c|hdl-c|triglycerides|triglyceride|tg|lipids|"
        "creatinine|urea|uric acid|potassium|sodium|magnesium|calcium|phosphate|iron|ferritin|"
        "tsh|t3|t4|hb|hgb|haemoglobin|hemoglobin|wbc|rbc|platelets|egfr|gfr|psa|inr|crp|esr|alt|"
        "ast|bilirubin|albumin|ketones|ketone|ck|troponin|bnp|folate|body fat|fat|muscle|"
        "muscle mass|bone mass|lean mass|visceral fat|bmr|metabolic rate|grip|grip strength|"
        "peak flow|resp rate|respiratory rate|respirations|respiration|rr|breaths|breathing rate|"
        "urine|ejection fraction|ef|fev1|fvc|hrv|vo2|vo2 max|ct value|bun|hip circumference|"
        "energy|sleep quality|stress level|anxiety level|dose level|visual acuity"
    ),
    Tag.DEVICE_ERROR: (
        "error|err|e1|e2|e3|e4|e5|er|low battery|cuff said err|malfunction|not working|broken|"
        "won't turn on|faulty"
    ),
    Tag.METER: "meter|glucometer|monitor|meter says|meter shows|sensor|reads|says|libre|cgm|shows",
    Tag.TAKE: (
        "took|take|taken|taking|had my|did my|used|injected|swallowed|inject|done with|jabbed|"
        "popped|"
        "have taken|just took|already took|applied|gave myself"
    ),
    Tag.TAKEN: (
        "taken|took it|took them|👍|pill taken|meds done|done|✅|💊|medicine taken|all taken"
    ),
    Tag.MISS: (
        "forgot|forgotten|missed|skipped|skip|ran out|run out|ran out of|forget|out of my|"
        "did not take|didn't take|didnt take|haven't taken|not taken|havent taken|stopped taking|"
        "no pills left|have not taken|couldn't take"
    ),
    Tag.MEDICINE: (
        "pain killer|pain killers|painkiller|painkillers|pill|pills|tablet|tablets|medicine|"
        "medicines|medication|medications|meds|med|dose|doses|"
        "tab|tabs|capsule|drugs|prescription|bp meds|blood pressure pills|blood pressure tablets|"
        "water pill|water pills|morning meds|evening meds|injection|jab|shot|blood pressure pill|"
        "bp pill|bp tablet|bp pills|bp tablets|blood pressure medicine|blood pressure medication"
    ),
    Tag.DRUG: (
        "insulin|aspirin|paracetamol|ibuprofen|tylenol|acetaminophen|novorapid|lantus|humalog|"
        "exforge|glucophage|warfarin|eliquis|norvasc|diovan|lipitor|crestor|ozempic|trulicity|"
        "jardiance|farxiga|januvia|coreg|lasix|hctz|plavix|clopidogrel|diamicron|levemir|"
        "tresiba|toujeo|apidra|novolog|basaglar|entresto|micardis|cozaar|hyzaar|twynsta|tritace|"
        "zestril|tenormin|concor|advil|nitroglycerin|spironolactone|digoxin|apixaban|semaglutide|"
        "glipizide|gliclazide|glimepiride|glyburide|steroid|steroids|prednisone|antibiotics|"
        "omega 3|omega-3|fish oil|b12|"
        "amoxicillin|vitamin|vitamins|inhaler|ventolin|co-diovan|avapro|aprovel|benicar|sevikar"
    ),
    Tag.EAT: "ate|eat|had|drank|drink|eating|eaten|drinking|drunk|snacked|i had|cooked|having",
    Tag.FOOD: (
        "coffee|tea|rice|egg|eggs|toast|bread|milk|soup|salad|fish|chicken|beef|pork|noodles|"
        "cake|apple|banana|strawberries|fruit|vegetables|veg|porridge|oatmeal|oats|juice|beer|"
        "wine|soda|yogurt|yoghurt|cheese|meat|sandwich|pizza|pasta|chocolate|cookies|biscuits|"
        "nuts|beans|tofu|congee|dumplings|potato|potatoes|chips|burger|cereal|orange|sweets|"
        "candy|ice cream|salt|sugar|water|alcohol|glass of wine|shrimp|steak|curry|tomato|"
        "spinach|broccoli|carrots|grapes|watermelon|mango|pancakes|bacon|sausage|butter|honey|"
        "jam|whisky|whiskey|vodka|smoothie|latte|cola|coke|lentils|avocado|salmon|tuna|muffin|"
        "crackers|greens|cabbage|mushrooms|corn|peanuts|almonds|donut|croissant|bun|buns"
    ),
    Tag.MEAL: "breakfast|lunch|dinner|supper|brunch|meal|dessert|snack|snacks|food",
    Tag.MOVE: (
        "walk|walked|walking|ran|run|jog|jogged|jogging|swim|swam|swimming|cycled|cycling|bike|"
        "yoga|tai chi|gym|exercise|exercised|workout|worked out|dance|danced|dancing|gardening|"
        "stretching|stretched|hiked|hike|hiking|treadmill|climbed|housework|pilates|tennis|"
        "badminton|ping pong|golf|stairs|walkies|strolled|stroll|running|square dance"
    ),
    Tag.EXERCISE: "after running|after exercise|after a run|after walking|on the treadmill|stairs|"
    "exercising|workout|run up|ran up|just run|after the gym|jogging|post workout|after a walk",
    Tag.MOOD: (
        "happy|sad|good|fine|ok|okay|great|anxious|worried|depressed|angry|upset|lonely|calm|"
        "stressed|stress|cheerful|down|low mood|moody|bored|relaxed|nervous|irritable|scared|"
        "afraid|mood|not bad|wonderful|awful|terrible|excited|hopeless|grumpy|frustrated|"
        "miserable|"
        "feeling good|feeling well|in good spirits|well|better|fed up|feeling blue|blue|tearful|"
        "content|peaceful|overwhelmed|so so|so-so|panicky|tense|unhappy|sad today"
    ),
}
