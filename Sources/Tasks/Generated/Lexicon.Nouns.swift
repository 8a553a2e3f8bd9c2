/// English nouns by the rule that forms their plural; each noun has one accepted plural.
///
/// Nouns whose dictionaries list two plurals (scarf, mango, fish, cactus) are left out on purpose.
enum Nouns {
  /// Those that add -s.
  static let plain = words(
    """
    apple answer ant anchor angle arrow artist author avenue badge balloon banana bank
    barn basket bed bee bell bicycle bird blanket boat bone book boot bottle bowl brain bridge
    bucket button cabin camel camera candle canoe car carpet carrot castle cat cave chain chair
    cheetah chicken circle cloud coat coin comet cousin cow crayon crown cup curtain dancer desk
    diamond doctor dog doll door dragon dream drum duck eagle ear earring egg elbow elephant engine
    envelope eye farm farmer feather fence finger flag flower fork fountain fridge friend frog
    game garden gate ghost glove goat guitar hammer hand harbour hat hawk helmet hill
    horse hospital house island jacket jewel judge jungle kettle king kitchen kite ladder lake lamp
    lantern lawyer lemon lesson letter lion lizard lock magnet map market mask medal melon mirror
    monster mountain nail neck needle nest net notebook nurse ocean office onion orange oven owl
    paddle page painter palace pan parrot pen pencil petal picture pigeon pillow pilot pirate plane
    planet plate pocket pond prince prize pumpkin puppet puzzle queen rabbit raccoon rainbow ring
    river road robot rocket room rope rose sailor school scientist seat shadow shark
    shed ship shirt shoe shop sister skirt snail snake song spider spoon squirrel stair star statue
    stone storm street student sword table teacher temple tent ticket tiger tool towel tower town
    train tree truck trumpet tunnel turtle umbrella uncle vase village violin voice wall wallet
    wheel whale window wing winter worm zebra bay boy chimney cowboy day delay display donkey essay
    holiday jersey jockey journey key kidney monkey pathway railway ray relay runway stairway subway
    survey toy tray trolley turkey valley highway doorway birthday cliff chief chef reef gulf
    giraffe belief piano photo radio studio video kangaroo solo logo kilo casino disco tattoo
    taco stereo patio rhino hippo soprano cello burrito igloo cuckoo portfolio scenario stomach
    monarch
    """)

  /// Those that add -es after a hissing sound.
  static let hissing = words(
    """
    actress address ambush annex arch ash atlas batch beach bench
    birch blemish blush boss box branch breach brooch brush bunch bush buzz
    caress census chorus church circus class clash clutch coach compass couch crash cress
    cross crutch dash dish dispatch ditch dress duchess eyelash fax finch flash flush fox
    glass goddess grass guess gulch harness hatch heiress hoax hostess hunch hutch iris inch
    kiss larch lash lass latch launch leash lens loss lunch march marsh mass match mattress
    mess moss notch ostrich pass patch peach perch pitch porch pouch
    press princess punch push radish ranch rash reflex sandwich sash scratch search
    seamstress sketch slash sphinx splash stitch stretch suffix switch tax toothbrush
    torch touch trench virus waitress walrus waltz watch wish witch wrench
    prefix paintbrush hairbrush mailbox toolbox sandbox matchbox lunchbox postbox jukebox snuffbox
    crossbench workbench bulrush backlash whiplash stopwatch wristwatch hourglass
    eyeglass headdress underpass overpass bypass trespass abbess countess stewardess lioness tigress
    fortress buttress witness business illness weakness kindness sickness wilderness
    lotus campus bonus sinus
    """)

  /// Those that turn a final -y into -ies.
  static let consonantY = words(
    """
    ability academy activity agency allergy ally anniversary army artery assembly baby bakery
    balcony battery beauty belly berry blackberry blueberry body boundary brewery
    buddy bunny butterfly canary candy canopy category cavity celebrity cemetery century ceremony
    charity cherry city colony comedy community company copy country county cranberry cry curry
    daddy daisy dairy deputy derby diary dictionary discovery ditty dragonfly duty dynasty economy
    embassy emergency enemy energy entry facility factory fairy family fantasy ferry firefly
    fishery folly frenzy gallery galaxy granny grocery guppy hobby housefly inquiry
    injury ivy jelly jury kitty lady laundry library lily lobby lorry luxury majority melody
    memory ministry minority mommy monastery mulberry mummy mystery nanny navy novelty nursery
    opportunity pansy party pastry penalty philosophy pony poppy pottery property puppy quality
    quarry quantity query raspberry rally remedy reply robbery ruby salary secretary security sky
    society spy story strawberry strategy study supply symphony taxonomy teddy territory theory
    therapy tragedy treaty trophy tummy university vacancy variety victory
    """)

  /// Those that turn -f or -fe into -ves.
  static let hardF = words(
    """
    calf elf half housewife jackknife knife leaf life loaf midwife penknife self sheaf shelf thief
    werewolf wife wolf bookshelf cloverleaf meatloaf afterlife
    """)

  /// Those in -o that add -es.
  static let stressedO = words(
    """
    echo embargo hero potato superhero tomato torpedo veto antihero
    """)

  /// Irregular nouns as `singular plural`.
  static let irregular = pairs(
    """
    man men|woman women|child children|foot feet|tooth teeth|goose geese|mouse mice|louse lice|ox oxen
    crisis crises|thesis theses|analysis analyses|oasis oases|basis bases|axis axes
    hypothesis hypotheses|diagnosis diagnoses|parenthesis parentheses|emphasis emphases
    synthesis syntheses|neurosis neuroses|paralysis paralyses|ellipsis ellipses
    criterion criteria|phenomenon phenomena|bacterium bacteria|stimulus stimuli|alumnus alumni
    policeman policemen|fireman firemen|postman postmen|fisherman fishermen|salesman salesmen
    snowman snowmen|gentleman gentlemen|craftsman craftsmen|policewoman policewomen
    businesswoman businesswomen|spokeswoman spokeswomen|fisherwoman fisherwomen
    grandchild grandchildren|godchild godchildren|stepchild stepchildren|schoolchild schoolchildren
    dormouse dormice|titmouse titmice|eyetooth eyeteeth
    milkman milkmen|horseman horsemen|nobleman noblemen|sportsman sportsmen|watchman watchmen
    """)
}
