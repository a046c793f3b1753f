"""English words by what they can be; phrases are parted by bars."""

from records.language.tags import Tag

WORDS: dict[Tag, str] = {
    Tag.BP: (
        "bp|b/p|xueya|b p|b.p|b.p.|blood pressure|bloodpressure|pressure|"
        "pressione|pressione sanguigna|"
        "tension|тиск|давление|pa|presion|blood pressures|bps|sys/dia|"
        "systolic/diastolic|🩺"
    ),
    Tag.SYSTOLIC: (
        "systolic|sys|syst|sbp|high one|higher one|upper one|top one|upper|top number|"
        "top|upper number|upper pressure|higher number|"
        "sistolica|systolic pressure|systolic bp|systolic blood pressure|high pressure|upper bp"
    ),
    Tag.DIASTOLIC: (
        "diastolic|dia|diast|dbp|low one|lower one|bottom one|lower|"
        "bottom number|bottom|lower number|lower pressure|"
        "diastolica|diastolic pressure|diastolic bp|diastolic blood pressure|low pressure|"
        "lower bp"
    ),
    Tag.PULSE: (
        "pulse|xinlv|maibo|pulse rate|heart rate|heartrate|hr|pr|bpm|"
        "heart beat|heartbeat|p|pul|pls|hrt rate|"
        "resting pulse|resting heart rate|resting hr|heart|pulse is|battito|frequenza cardiaca|"
        "rhr|💓|❤|💗|🫀|♥|heart rate monitor|beats|puls|pluse|ticker"
    ),
    Tag.GLUCOSE: (
        "glucose|mmol|xuetang|blood glucose|blood sugar|bloodsugar|blood sugars|sugar|sugars|"
        "suger|sugr|sugger|bg|bs|"
        "bgl|bsl|smbg|glu|"
        "gluc|cgm|sensor|libre|dexcom|sugar level|glucose level|blood sugar level|finger stick|"
        "fingerstick|finger prick|fs|rbs|fbs|ppbs|fpg|fbg|ppg|rbg|cbg|meter|glucometer|"
        "glycemia|glycaemia|my sugars|🩸|sugar reading|fasting sugar|post meal sugar"
    ),
    Tag.WEIGHT: (
        "weight|w|wieght|wight|waight|tizhong|weigh|weighed|weighs|wt|weighing|weighed in|"
        "body weight|scale|scales|bw|⚖"
    ),
    Tag.HEIGHT: "height|ht|tall|body height",
    Tag.TEMPERATURE: (
        "ran a temperature|ran a fever|ran a temp|run a temperature|had a temperature|"
        "temperature|tiwen|temp|body temperature|body temp|fever|tmp|t|feverish|forehead|🌡|"
        "thermometer|running a temperature|running a fever|running a temp"
    ),
    Tag.SPO2: (
        "spo2|sp02|sao2|o2|o2 sat|o2 sats|sat|sats|oxygen|oxygen saturation|oxygen level|"
        "saturation|oximeter|pulse ox|pulse oximeter|spo₂|blood oxygen|ox|pox|o2 level|sat's"
    ),
    Tag.HBA1C: "hba1c|a1c|hb a1c|hgba1c|hb1ac|glycated hemoglobin|glycated haemoglobin|hbalc|hba1",
    Tag.PAIN: "pain|pain level|pain score|ache|aches|hurts|sore|pain scale",
    Tag.SLEEP: "sleep|slept|asleep|sleeping|slept for|hours of sleep|of sleep",
    Tag.STEPS: "steps|step count|stepcount|pedometer",
    Tag.WAIST: "waist|waistline|waist circumference|belly|girth",
    Tag.BMI: "bmi|body mass index",
    Tag.WEAK: (
        "sleep|sleeping|slept|pressure|sugar|sugars|temperature|temp|t|p|top|bottom|upper|lower|"
        "heart|meter|weight|"
        "scale|scales|oxygen|sat|height|tall|bs|fs|pa|tension|beats|ht|belly|waist|step|steps|pr|"
        "ox|w|ticker|weigh|weighs|weighed|"
        "high one|higher one|upper one|top one|low one|lower one|bottom one|"
        "bottom number|top number|high pressure|low pressure|bpm"
    ),
    Tag.OVER: "over|on|su|на|upon|by|/|-|and",
    Tag.FASTING: (
        "pre-breakfast|prebreakfast|fasting|fasted|before breakfast|fbs|fpg|fbg|empty stomach|"
        "on an empty stomach|"
        "upon waking|on waking|waking|wake up|woke up|pre breakfast|fasting sugar|when i woke up"
    ),
    Tag.BEFORE_MEAL: (
        "before meal|before meals|before lunch|before dinner|before eating|before food|pre meal|"
        "premeal|pre-meal|preprandial|pre lunch|pre dinner|pre-lunch|pre-dinner|pre-supper|"
        "before supper|before tea|ac|a meal"
    ),
    Tag.AFTER_MEAL: (
        "after meal|after meals|after breakfast|after lunch|after dinner|after eating|post meal|"
        "postmeal|post-meal|postprandial|pp|ppbs|ppg|post breakfast|post lunch|post dinner|"
        "after food|after supper|after a meal|post prandial|post-lunch|post-dinner|after tea|"
        "post-breakfast|pc|after my meal|after my lunch|after my dinner|post meal sugar"
    ),
    Tag.BEDTIME: "bedtime|before bed|at bedtime|before sleep|before going to bed|before sleeping",
    Tag.RANDOM: "random|rbs|rbg|non fasting|non-fasting",
    Tag.SELF: "i|me|my|mine|i'm|im|i've|ive|myself|i am|our",
    Tag.OTHER: (
        "someone|someone's|somebody|someone else|he|she|his|her|him|they|their|mom|mum|mother|"
        "mommy|mummy|mama|dad|father|daddy|papa|"
        "husband|wife|son|daughter|kid|kids|child|children|baby|brother|sister|grandma|grandpa|"
        "grandmother|grandfather|granny|uncle|aunt|auntie|friend|neighbour|neighbor|hubby|"
        "partner|spouse|mom's|mum's|dad's|he's|she's|hers|toddler|boy|girl|cousin|nephew|niece|"
        "father's|mother's|husband's|wife's|son's|daughter's|grandson|granddaughter|colleague|"
        "mother-in-law|father-in-law|roommate|boyfriend|girlfriend|nan|gran|grandad|patient"
    ),
    Tag.ANIMAL: "dog|cat|puppy|kitten|horse|rabbit|dog's|cat's|pet|parrot|hamster|the vet",
    Tag.NOT: (
        "no|not|don't|dont|didn't|didnt|never|without|none|isn't|wasn't|haven't|havent|"
        "no more|do not|did not|denies|free of|neither|nor|doesn't|can't remember|hasn't"
    ),
    Tag.TARGET: (
        "target|goal|aim|aiming|should be|should stay|should remain|must be|must stay|ought to be|"
        "has to be|needs to be|needs to stay|have to be|should come down|should drop|"
        "under|keep it|keep my|limit|threshold|stay under|"
        "stay below|get it down|would be|suggests|suggested|advised|recommends|told me to|hope|"
        "hope to|trying to|get to|recommended|wants|"
        "supposed to be|ideal|hoping|aim for|alarm at"
    ),
    Tag.NORMAL: "normal|healthy|average|typical|ok range|normally|reference|usual|standard",
    Tag.ASKS: (
        "what|what's|whats|how|why|when|which|is|are|should i|do i|can i|does|tell me|explain|"
        "who|could|would|is it|am i|right|what is|should|can you|can|where|do you"
    ),
    Tag.HISTORY: (
        "last year|last month|last week|years ago|ago|used to be|highest|ever|in hospital in|"
        "previously|back then|before covid|weeks ago|months ago|all week|usually|most days|"
        "lowest|peak|max|record|maximum|always|once|on average|averages|averaging|in general|"
        "typically|sometimes|last time"
    ),
    Tag.WAS: "was|were|had been|down from|up from|from|previous|prior|vs",
    Tag.COMPARE: (
        "more than|less than|above|below|under|over|at least|at most|around|about|approximately|"
        "give or take|thereabouts|approx|perhaps|possibly|i guess|nearly|almost|roughly|maybe|"
        "greater than|higher than|"
        "lower than|or so|ish|"
        "exceeds|exceeded|circa|probably|i think it was|something like|somewhere|or|<|>|~|≥|≤|"
        "≈"
    ),
    Tag.BETWEEN: "between|from|range|ranges|ranging|ranged|varies|varying|to",
    Tag.CHANGE: (
        "up by|down by|went up by|went down by|dropped by|rose by|lost|gained|increased by|"
        "decreased by|fell by|lower by|higher by|points|went up|came down by|put on|jumped|"
        "fell|dropped|drop of|rise of|loss of|gain of|jumped by|shed|lose|loss|gain"
    ),
    Tag.DROP: (
        "ignore|disregard|forget my|forget the|delete|discard|scrap|wrong person|cancel|"
        "don't count|do not count|doesn't count|false reading|typo|wrong cuff|mistyped"
    ),
    Tag.CORRECTS: (
        "wrong|correction|correct that|i meant|sorry|change to|change it to|should read|"
        "make that|"
        "no,|actually|oops|meant|my mistake|edit|amend|change that to|fix|i mean|instead"
    ),
    Tag.SAME: "same as|as yesterday|as this morning|as last time|like before|like this morning|"
    "same again|the same|as before|like yesterday|same|ditto|unchanged",
}
