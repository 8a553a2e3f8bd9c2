/// Words by category, for the odd one out; a word that fits two categories is in neither.
enum Categories {
  static let all: [(name: String, words: [String])] = [
    (
      "fruit",
      words(
        """
        apple banana cherry peach mango grape apricot lychee papaya raspberry melon quince guava
        pear nectarine strawberry
        """)
    ),
    (
      "vegetable",
      words(
        """
        carrot cabbage spinach broccoli cauliflower turnip parsnip leek celery lettuce courgette
        aubergine radish kale asparagus artichoke
        """)
    ),
    (
      "mammal",
      words(
        """
        elephant giraffe badger hedgehog otter weasel rhinoceros hippopotamus squirrel donkey
        antelope moose hyena leopard walrus raccoon
        """)
    ),
    (
      "bird",
      words(
        """
        sparrow robin eagle penguin ostrich pelican heron flamingo parrot pigeon woodpecker owl
        falcon nightingale magpie vulture
        """)
    ),
    (
      "fish",
      words(
        """
        salmon trout herring mackerel cod haddock tuna sardine anchovy halibut carp piranha eel
        sturgeon barracuda pollock
        """)
    ),
    (
      "insect",
      words(
        """
        ant wasp butterfly moth grasshopper dragonfly ladybird termite mosquito cockroach earwig
        hornet bumblebee locust aphid housefly
        """)
    ),
    (
      "tree",
      words(
        """
        oak birch willow sycamore poplar elm beech spruce larch redwood maple cedar alder hawthorn
        yew juniper
        """)
    ),
    (
      "flower",
      words(
        """
        tulip daffodil orchid daisy sunflower carnation marigold geranium snowdrop peony
        chrysanthemum dahlia hyacinth begonia primrose bluebell
        """)
    ),
    (
      "colour",
      words(
        """
        red blue green yellow purple crimson scarlet turquoise magenta beige brown grey black
        white maroon cyan
        """)
    ),
    (
      "instrument",
      words(
        """
        violin cello trumpet trombone clarinet oboe bassoon piano guitar banjo harp flute
        accordion saxophone mandolin xylophone
        """)
    ),
    (
      "furniture",
      words(
        """
        table chair sofa wardrobe bookcase cupboard bench stool armchair sideboard bed desk
        cabinet dresser ottoman bunk
        """)
    ),
    (
      "clothing",
      words(
        """
        shirt trousers skirt jacket jumper cardigan scarf sock coat dress blouse pyjamas waistcoat
        mitten shorts tights
        """)
    ),
    (
      "tool",
      words(
        """
        hammer screwdriver chisel saw pliers spanner drill mallet crowbar sandpaper spade rake axe
        trowel hacksaw wrench
        """)
    ),
    (
      "vehicle",
      words(
        """
        car lorry bicycle motorcycle bus tram van ambulance tractor taxi scooter train helicopter
        minibus limousine rickshaw
        """)
    ),
    (
      "profession",
      words(
        """
        doctor lawyer plumber carpenter teacher nurse accountant electrician journalist architect
        dentist butcher librarian surgeon pharmacist engineer
        """)
    ),
    (
      "sport",
      words(
        """
        football tennis cricket hockey badminton volleyball basketball rugby golf baseball
        lacrosse squash wrestling archery judo netball
        """)
    ),
    (
      "country",
      words(
        """
        France Brazil Kenya Norway Portugal Vietnam Egypt Peru Finland Thailand Morocco Argentina
        Denmark Nigeria Japan Greece
        """)
    ),
    (
      "metal",
      words(
        """
        iron copper aluminium zinc lead nickel titanium tungsten platinum bronze steel brass
        cobalt lithium magnesium uranium
        """)
    ),
    (
      "weather",
      words(
        """
        rain snow hail sleet fog mist drizzle thunder lightning blizzard hurricane sunshine breeze
        frost tornado downpour
        """)
    ),
    (
      "body part",
      words(
        """
        elbow shoulder knee ankle wrist forehead chin stomach thumb heel eyebrow neck throat
        nostril hip thigh
        """)
    ),
    (
      "building",
      words(
        """
        church hospital library castle cottage factory museum cathedral warehouse barn palace
        lighthouse skyscraper school prison hotel
        """)
    ),
    (
      "drink",
      words(
        """
        coffee tea lemonade milk beer wine cider water cocoa whisky espresso champagne brandy
        smoothie milkshake vodka
        """)
    ),
    (
      "emotion",
      words(
        """
        anger joy sadness fear envy jealousy disgust pride shame guilt happiness grief delight
        boredom anxiety loneliness
        """)
    ),
    (
      "kitchenware",
      words(
        """
        saucepan kettle spatula ladle colander whisk teaspoon plate saucer casserole
        grater strainer peeler toaster corkscrew teapot
        """)
    ),
    (
      "shape",
      words(
        """
        circle square triangle rectangle pentagon hexagon octagon oval cube sphere pyramid
        cylinder rhombus trapezium cone ellipse
        """)
    ),
    (
      "relative",
      words(
        """
        mother father sister brother uncle aunt cousin nephew niece grandmother grandfather
        daughter son stepfather godmother grandson
        """)
    ),
  ]

  /// Categories whose members could be taken for each other's and are never put together.
  static let close: [(String, String)] = [
    ("fruit", "vegetable"), ("fruit", "tree"), ("tree", "flower"), ("fruit", "drink"),
    ("tool", "kitchenware"), ("furniture", "kitchenware"), ("vegetable", "flower"),
    ("weather", "emotion"), ("colour", "emotion"), ("colour", "metal"), ("mammal", "sport"),
    ("vegetable", "sport"), ("insect", "sport"), ("fruit", "colour"), ("bird", "relative"),
    ("drink", "kitchenware"), ("mammal", "bird"), ("mammal", "fish"), ("fish", "bird"),
  ]
}
