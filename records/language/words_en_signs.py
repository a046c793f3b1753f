"""English words for symptoms, emergencies, wishes about the record, and what says nothing."""

from records.language.tags import Tag

WORDS: dict[Tag, str] = {
    Tag.SYMPTOM: (
        "dizzy|dizziness|headache|headaches|lightheaded|light-headed|light headed|nausea|"
        "nauseous|vomiting|vomited|tired|fatigue|fatigued|weak|weakness|faint|feeling faint|"
        "short of breath|breathless|shortness of breath|out of breath|cough|coughing|swollen|"
        "swelling|palpitations|racing|shaky|shaking|sweating|sweaty|blurred vision|blurry|"
        "numb|numbness|tingling|thirsty|itchy|rash|constipated|diarrhoea|diarrhea|cramp|cramps|"
        "stomach ache|stomachache|back pain|backache|sore throat|runny nose|chills|insomnia|"
        "can't sleep|cannot sleep|couldn't sleep|unwell|sick|ill|feel bad|migraine|nosebleed|"
        "bleeding|hot flushes|flushed|exhausted|throwing up|threw up|ringing|tinnitus|dry mouth|"
        "sleepy|drowsy|wheezing|wheezy|heartburn|bloated|poor appetite|no appetite|hungry a lot|"
        "stiff|stiffness|toothache|earache|sneezing|congested|confused|foggy|woozy|unsteady|"
        "wobbly|giddy|queasy|knee pain|joint pain|hurts|swollen ankles|fluttering|cold sweat|"
        "ankles|frequent urination|peeing a lot|pounding|off balance|symptoms|pins and needles|"
        "slept badly|slept poorly|bad night|clammy|trembling|tremor|groggy|feverish|cold|flu|ache"
    ),
    Tag.RED: (
        "chest pain|chest pains|pain in my chest|chest hurts|chest tightness|tight chest|"
        "pressure in my chest|tightness in my chest|can't breathe|cant breathe|cannot breathe|"
        "unable to breathe|fainted|passed out|collapsed|unconscious|kill myself|suicide|suicidal|"
        "end my life|want to die|hurt myself|harm myself|self harm|self-harm|stroke|heart attack|"
        "slurred speech|slurring|can't speak|cannot speak|face drooping|face is drooping|"
        "drooping|one side|can't move|cannot move|paralysed|paralyzed|seizure|coughing blood|"
        "coughing up blood|vomiting blood|difficulty breathing|hard to breathe|trouble breathing|"
        "struggling to breathe|overdose|overdosed|not responding|unresponsive|losing vision|"
        "lost vision|sudden vision loss|worst headache|blacked out|choking|gasping|"
        "severe chest|crushing|fighting for breath|can not breathe|chest is tight|chest pressure|"
        "better off dead|not want to live|don't want to live|dont want to live|"
        "arm is numb|face is numb|speech is slurred|can't catch my breath|chest feels tight"
    ),
    Tag.EMERGENCY: "ambulance|call 911|call 999|call 112|call 120|911|emergency|help me|dial 911|"
    "dial 999|call an ambulance|save me",
    Tag.EVENT: (
        "dialysis|physio session|physiotherapy|a scan|ultrasound|ecg done|an ecg|blood taken|"
        "endoscopy|"
        "colonoscopy|biopsy|chemo|chemotherapy|radiotherapy|transfusion|emergency room|"
        "flu vaccine|flu jab|flu injection|covid vaccine|covid jab|booster|covid booster|"
        "fell|fall|had a fall|fell down|slipped|tripped|hospital|hospitalised|hospitalized|"
        "admitted|discharged|surgery|operation|operated|vaccinated|vaccine|flu shot|covid shot|"
        "accident|saw the doctor|saw my doctor|doctor's visit|blood test|new glasses|x-ray|"
        "check-up|checkup|moved house|dentist|ct scan|mri|diagnosed|new doctor|travelling"
    ),
    Tag.NOTE: "note|note to doctor|for the doctor|memo|please note|fyi|remember that|note that",
    Tag.REST: (
        "watching tv|watching telly|watching television|watching the telly|"
        "watching the tv|on the sofa|"
        "on the couch|reading a book|in my chair|in my armchair|at my desk|relaxing|knitting|"
        "quiet|sat quiet|"
        "sitting|resting|at rest|sitting here|lying|lying down|in bed|sitting down|rest|still|"
        "doing nothing"
    ),
    Tag.PREGNANT: "pregnant|pregnancy|expecting|weeks pregnant|months pregnant",
    Tag.SHARE: (
        "notify|message|text|email|update my|alert my|pass it on|share|tell|send|forward|show|"
        "let my|pass on|give access|share with|share this|inform"
    ),
    Tag.PRIVATE: (
        "only me|just me|for my eyes only|eyes only|don't tell anyone|nobody should see|"
        "hide from|hide it|hidden|hidden from|keep hidden|stay hidden|not public|"
        "keep it to myself|keep to myself|keep this to myself|no sharing|my eyes only|"
        "private|keep this private|don't share|do not share|dont share|just for me|only for me|"
        "don't tell|do not tell|dont tell|confidential|between us|don't show|do not show|"
        "not to share|not share|secret|but not share|keep it private|don't let|nobody else|"
        "not for my doctor|hide this|don't send|without sharing|keep it to yourself"
    ),
    Tag.NO_RECORD: (
        "no need to record|no need to save|leave this out|leave it out|without saving|"
        "don't enter|do not enter|"
        "don't file|do not file|don't write down|do not write down|skip recording|"
        "don't record|do not record|dont record|don't save|do not save|dont save|don't store|"
        "do not store|off the record|don't write|do not write|don't note|do not note|not record|"
        "don't log|do not log|dont log|don't keep|do not keep|no record|not to record|don't add|"
        "not for the record|don't put|without recording|dont store|dont keep"
    ),
    Tag.REMIND: "remind me|set a reminder|reminder|reminders|wake me|alert me|set an alarm|remind|"
    "nudge me|ping me|prompt me|buzz me|poke me|don't let me forget|give me a nudge|"
    "give me a shout",
    Tag.PLAN: (
        "will|i'll|going to|tomorrow|next week|plan to|later today|will check|next month|moved to|"
        "postponed to|rescheduled to|put off until"
    ),
    Tag.MEASURE: "measured|check|checked|measure|test|tested|recheck|tested at",
    Tag.LEVEL: (
        "high|low|very high|very low|fine|normal|ok|okay|good|great|stable|elevated|through the "
        "roof|perfect|up again|too high|too low|a bit high|bad|better|worse|up|down|higher|lower"
    ),
    Tag.PART: (
        "r arm|l arm|rt arm|lt arm|"
        "ankle|elbow|calf|shin|toe|toes|heel|jaw|thumb|ribs|groin|left ankle|right ankle|"
        "left hip|right hip|"
        "left shoulder|right shoulder|lower back|upper back|right knee|left arm|right arm|left|"
        "right|arm|wrist|sitting|standing|seated|lying|cuff|large cuff|"
        "small cuff|auto mode|mode|auto|unit|knee|left knee|back|hand|finger|standing up|supine|"
        "on room air|room air|large|mm|device|omron|monitor|ear|oral|armpit|rectal|thigh|leg|"
        "medium cuff|manual|automatic|memory|irregular|ihb|avg|shoulder|neck|hip|foot|head"
    ),
    Tag.CARE: (
        "gp surgery|doctor's surgery|doctors surgery|at the surgery|local surgery|doc|"
        "clinic|pharmacy|chemist|hospital|surgery|doctor's office|dr's office|drugstore|gp|"
        "waiting room|consulting room|treatment room|health centre|health center|er|nurse|"
        "doctor|dr|office|ward|a&e"
    ),
    Tag.VOUCH: (
        "reading|readings|measured|measurement|measurements|cuff|large cuff|small cuff|left arm|"
        "right arm|arm|r arm|l arm|rt arm|lt arm|omron|monitor|bp monitor|today's reading|"
        "home monitor|room air|on room air"
    ),
    Tag.NEUTRAL: (
        "arterial|arteriel|arterielle|wow|yay|hooray|hurray|woohoo|whew|phew|yippee|haha|hehe|lol|omg|"
        "ta da|guess what|great news|good news|"
        "have a nice day|have a good day|have a great day|have a lovely day|have a good one|"
        "have a nice evening|have a good evening|have a good night|have a nice weekend|nice day|"
        "have a good weekend|have a great weekend|good weekend|goes|btw|that's all|that's it|"
        "gp surgery|doctor's surgery|doctors surgery|at the surgery|local surgery|"
        "write it down|wrote it down|write down|wrote down|written down|note it down|noted down|"
        "put it down|jot it down|jotted down|works out at|worked out at|worked out as|"
        "works out as|hit|touched|topped|shot up to|"
        "shot up|shot to|crept up to|crept up|climbed to|climbed up to|works out to|comes out at|"
        "came out at|comes to|came to|overnight|doc|apart|say|requested|promised|asked|"
        "instructed|go|see you soon|see you then|see you later|"
        "see you next week|see you tomorrow|see you next time|speak soon|talk soon|"
        "down to|up to|sat at|sat on|sat in|sat down|sat for|sat by|sat with|said|so far|"
        "registered|measures|"
        "measuring|reported|reached|diabetes|diabetic|prediabetes|"
        "hypertension|a|an|the|is|was|are|it|it's|its|this|that|"
        "reading|readings|result|results|now|just|got|"
        "get|at|on|in|of|for|with|and|then|also|again|today's|rate|level|came|come|out|to|be|"
        "going down|coming down|going up|kilo|kilos|waiting room|consulting room|"
        "treatment room|measurement|measurements|number|numbers|latest|new|here|here's|current|"
        "currently|hi|hello|please|doctor|nurse|"
        "dr|clinic|home|by|so|reads|read|says|shows|showed|showing|value|values|first|second|"
        "third|average|still|only|before|after|when|up|down|went|as|am|feel|feeling|feels|little|"
        "bit|very|really|been|have|has|had|do|did|some|all|time|once|one|two|three|&|+|=|thanks|"
        "thank you|ok|okay|yes|from|too|than|since|during|while|though|but|quite|slightly|much|"
        "my|me|good|day|days|took|take|try|tried|another|last|next|noted|record|log|logged|"
        "recorded|entry|input|add|save|store|saved|stored|entered|written|body|resting|no|not|"
        "there|if|because|minute|minutes|"
        "hour|hours|per|s|looks|like|about|around|think|hey|dear|sir|madam|good morning|"
        "good evening|more|which|yeah|well|over|we|you|your|they|us|felt|office|clinic|pharmacy|"
        "chemist|gp|same|every|each|any|first thing|ready|sure|bye|regards|kind regards|best|"
        "yours|"
        "mr|mrs|ms|pls|plz|thx|ty|cheers|report|reporting|update|checking|daily|weekly|regular|"
        "usual time|early|late|earlier|later|soon|already|yet|sat|sit|stood|stand|walking|rested|"
        "woke|using|own|machine|device|forgot to send|sending|send|sent|here you go|follows|"
        "after toilet|after the toilet|after the loo|after the bathroom|bathroom|loo|toilet|"
        "naked|"
        "without clothes|with clothes|in clothes|with shoes|without shoes|shoes off|barefoot|"
        "undressed|"
        "before shower|after shower|after a shower|before my shower|"
        "following|as usual|dr's office|doctor's office|drugstore|health centre|health center|im|"
        "ive|whilst|twice|3rd|both|side|sides|next one|done|finally|attached|below"
    ),
}
