"""What the demo's patients tell and ask, and what its doctors write, in both languages."""

from records.vocabulary import Language

EN, ZH = Language.ENGLISH, Language.CHINESE

DIET = {
    EN: ("porridge and a banana", "chicken soup, no salt added", "fish, rice and greens"),
    ZH: ("早饭小米粥、一个鸡蛋", "中午清蒸鱼、米饭、青菜", "晚上吃面，少放盐"),
}
ACTIVITY = {
    EN: ("walked 30 minutes", "gardening, one hour", "swam 20 minutes"),
    ZH: ("散步 30 分钟", "打太极 40 分钟", "跳广场舞一小时"),
}
MOOD = {
    EN: ("feeling well", "a bit tired", "slept badly but fine"),
    ZH: ("心情不错", "有点累", "昨晚没睡好，现在还行"),
}
TAKEN = {EN: "took my tablets", ZH: "吃药了"}

NOTES = {
    EN: "Home readings reviewed with the patient. Technique is good. Continue as before.",
    ZH: "已与患者核对家庭血压记录，测量方法正确。维持目前方案。",
}
MEASURE = {
    EN: "Please measure twice a day for 7 days.",
    ZH: "请每天早晚各量一次血压，连续 7 天。",
}
MEDICINE = {
    EN: "From tomorrow take your tablet in the evening.",
    ZH: "从明天起，降压药改为每天早上服用。",
}
QUESTION = {EN: "Can I take it with milk?", ZH: "可以改成晚上吃吗？"}
