/// English verbs by the rule that forms their past tense; each verb has one accepted past tense.
///
/// Verbs with two accepted forms (learn, dream, travel, dive) are left out on purpose.
enum Verbs {
  /// Those that add -ed.
  static let plain = words(
    """
    accept add address adjust adopt allow annoy answer appear appoint approach arrest ask
    assist attach attack attend avoid avert await balloon bark beckon belong blink block
    bloom boast board boil borrow bow brush buzz call camp cash check cheer chew clean clear
    climb coach collect comment complain connect consider contain correct cough count cover crash
    crawl cross crush deliver demand depend destroy detect disappear discover discuss display
    disturb doubt drown earn edit employ enjoy enter escort exist expect explain express extend
    fail faint fasten fear finish fish flash float flood flow fold follow form gather glow greet
    guard guess happen harm haunt head heal heat help hiss hunt insist instruct interest invent jail
    join jump kick kiss knock land last laugh launch lift listen load look lock march mark
    match melt mend mention miss moan murmur need nest number obey object offer open order
    own pack paint park part pass peel perform pinch plant play point polish post pour pray preach
    press pretend prevent print protect pull punch push question rain reach record reflect refresh
    reject relax remain remember remind repair repeat report request rest return roar roll row
    rush sail scratch scream search seem select shiver shock shout sign sniff snow sort sound
    spark splash spray stain stamp start stay stretch succeed suffer suggest support suspect sway
    talk tempt test thank touch tow train treat trick trust turn twist vanish visit wait walk
    wander want warn wash watch water whisper wish wonder work yawn yell
    """)

  /// Those in -e that add -d.
  static let silentE = words(
    """
    achieve admire advise agree amuse announce argue arrive bake balance bathe behave believe blame
    bounce breathe bruise cause celebrate change charge chase close compare compete complete
    compose confuse continue create cure dance dare damage decide declare decorate describe
    desire divide educate encourage engage erase escape examine excite excuse exercise
    explode explore face fade file fire force gaze glue grate guide hate hope ignore imagine
    improve include increase injure inspire invite judge juggle like live love manage measure
    move name notice observe operate owe paste pause phone place please pledge practise prepare
    produce promise provide puzzle race raise realise receive recite reduce refuse release remove
    replace rescue retire rule sacrifice save scare separate serve share shave skate slice smile
    smoke snore solve squeeze stare state struggle surprise taste tease tickle tie trade translate
    tumble type unite use value vibrate vote waste wave whistle wipe wrestle
    """)

  /// Those that double a final consonant.
  static let doubling = words(
    """
    admit ban bar bat beg blot brag chat chop clap clip commit control cram crop dam defer dip
    drag drip drop drum equip expel fan flap flip flop grab grin grip gun hop hug hum jam jog
    knot lag log map mop mug nag nap net nod occur omit pad pat permit pin plan plod plot plug
    pop prefer prod propel prop rebel refer regret rip rob rot rub scan scrap scrub shop shrug sin
    sip skip slam slap slip snap sob stab star stem step stir stop strap strip submit swap tag tan tap
    tip transfer transmit trap trim trip trot tug wag whip wrap zip
    """)

  /// Those that turn a final -y into -ied.
  static let consonantY = words(
    """
    accompany ally apply bully bury busy carry clarify classify copy cry deny dirty dry empty
    envy falsify fry fortify hurry identify imply ferry justify magnify marry modify multiply
    notify occupy pity ply pry purify qualify query rally rely remedy reply satisfy signify simplify
    specify spy steady study supply tally terrify testify tidy try unify vary verify vilify worry
    glorify horrify beautify certify dignify electrify gratify intensify levy liquefy mystify
    ratify rectify solidify stupefy weary
    """)

  /// Irregular verbs as `base past participle`.
  static let irregular = triples(
    """
    arise arose arisen|become became become|begin began begun|bend bent bent|bind bound bound
    bleed bled bled|blow blew blown|break broke broken|breed bred bred
    bring brought brought|build built built|buy bought bought|catch caught caught
    choose chose chosen|cling clung clung|come came come|creep crept crept|deal dealt dealt
    dig dug dug|do did done|draw drew drawn|drink drank drunk|drive drove driven|eat ate eaten
    fall fell fallen|feed fed fed|feel felt felt|fight fought fought|find found found|fling flung flung
    fly flew flown|forget forgot forgotten|forgive forgave forgiven|freeze froze frozen|give gave given
    go went gone|grind ground ground|grow grew grown|hear heard heard
    hold held held|keep kept kept|know knew known|lead led led|leave left left|lend lent lent
    lose lost lost|make made made|mean meant meant|meet met met|mistake mistook mistaken
    overtake overtook overtaken|pay paid paid|ride rode ridden|rise rose risen
    run ran run|say said said|see saw seen|seek sought sought|sell sold sold|send sent sent
    shake shook shaken|shoot shot shot|shrink shrank shrunk|sing sang sung|sink sank sunk|sit sat sat
    sleep slept slept|speak spoke spoken|spend spent spent|spin spun spun
    stand stood stood|steal stole stolen|stick stuck stuck|sting stung stung|strike struck struck
    swear swore sworn|sweep swept swept|swim swam swum|swing swung swung|take took taken
    teach taught taught|tear tore torn|tell told told|think thought thought|throw threw thrown
    understand understood understood|wear wore worn|weep wept wept|win won won
    withdraw withdrew withdrawn|write wrote written|rewrite rewrote rewritten|rebuild rebuilt rebuilt
    mishear misheard misheard|misunderstand misunderstood misunderstood|undo undid undone
    withstand withstood withstood|foresee foresaw foreseen|undertake undertook undertaken
    """)
}
