// swift-format-ignore-file

extension Corpus {
  /// Questions and what kind of answer they ask for.
  static let questionType = #"""
The role of the wicked stepmother was given to which actress? | person
Tell me which goddess the Greeks linked with wisdom. | person
Why did the old clockmaker never marry? | reason
At what temperature does water boil at sea level? | number
Why do we have leap years? | reason
When did your tooth start to hurt? | time
Why did the mayor resign after only two months? | reason
What is the cause of the river turning so brown? | reason
Who climbed Everest together with Edmund Hillary in 1953? | person
Of the pupils in your class, how many wear glasses? | number
Who was the last ruler of imperial Russia? | person
In which dynasty was most of the Great Wall we see today built? | time
Which striped insect makes honey? | thing
Tell me the substance that makes leaves green. | thing
Which Venetian merchant told of his long stay at the court of Kublai Khan? | person
Which of the cousins inherited the old bakery? | person
Where is the emergency exit on this floor? | place
What year marks the founding of the United Nations? | time
Name the shepherd boy who defeated Goliath with a sling. | person
Explain the sudden fright of the horses in the yard. | reason
Under what pretext did the army cross the border? | reason
For whom was the Taj Mahal built as a tomb? | person
What quantity of wool do you need for a pair of mittens? | number
Identify the outlaw who robbed the rich in Sherwood Forest. | person
Where does the Trans-Siberian Railway end in the east? | place
What French saint led soldiers to lift the siege of Orleans? | person
State the length of the river Rhine in kilometres. | number
Of what are clouds made? | thing
Which organ pumps blood around the body? | thing
Give the value of pi to two decimals. | number
Why do birds sing so early in the morning? | reason
Who directed that gloomy film about the lighthouse keepers? | person
Which field did the hot-air balloon land in? | place
In what part of the body is the smallest bone? | place
Which cutlery do you use for eating soup? | thing
What is a dozen minus five? | number
Whose diary describes life hidden in an Amsterdam attic? | person
What sea has water so salty that bathers float with ease? | place
What country would you have to visit to see Angkor Wat? | place
With what excuse did he justify being so late? | reason
Which dish did the cook burn last night? | thing
Name the queen who ruled Egypt when Caesar came to Alexandria. | person
How many hours of sunshine did we have in July? | number
Why did the shepherd cry wolf? | reason
Which president of the United States issued the Emancipation Proclamation? | person
Where can you see lemurs in the wild? | place
Where do the ants carry all those leaves? | place
In which theatre was the opera first performed? | place
Why does soap remove grease? | reason
Which of the shelves holds the atlases? | place
What is responsible for the strange smell in the cellar? | reason
What is seven multiplied by twelve? | number
What are you carrying in that heavy bag? | thing
Where was your grandfather stationed as a young soldier? | place
Which king had six wives and broke with the Pope? | person
Tell me which Spanish city holds the Alhambra. | place
In kilograms, what does a bag of cement weigh? | number
On which Sunday of advent do you light the third candle? | time
When did people first cross the land bridge to America? | time
What drew so many settlers to California? | reason
Why are eggs stored with the pointed end down? | reason
To which teacher did the pupils give the bunch of tulips? | person
How many families live in the little red house? | number
What was the name of the first woman to fly solo across the Atlantic? | person
In the legend, who pulls the sword out of the stone? | person
Where did the potter learn her craft? | place
Why did King John agree to seal the Magna Carta? | reason
What can be seen on the back of the coin? | thing
What prompted the company to move its factory abroad? | reason
What is the circumference of this old oak? | number
Where did the story of the golem begin? | place
What is the name of the ship on which Nelson died? | thing
Name the woman who refused to give up her bus seat in Montgomery. | person
Which of your uncles worked on a fishing boat? | person
What is the purpose of the small hole in a pen cap? | reason
Where were the crown jewels hidden during the war? | place
Name the desert that covers much of northern Africa. | place
What is the logic of driving on the left? | reason
How much memory does your computer have? | number
Tell me which grain is used to make polenta. | thing
What fraction of the class voted for the museum trip? | number
What fell off the shelf during the storm? | thing
In which building does the parliament of Hungary meet? | place
Whose portrait hangs above the fireplace in the town hall? | person
Who chairs the committee that awards the prize? | person
What is the unemployment rate in the coastal towns? | number
How tall is the tower of the cathedral in Ulm? | number
Which corner of the attic did the wasps build their nest in? | place
Which prime minister led Britain through most of the Second World War? | person
What is this rusty handle for opening? | thing
What was the turnout at the last election, in percent? | number
How many votes did the winner receive? | number
How many of the apples were rotten? | number
When was this coin minted? | time
What is the capital of Portugal? | place
Tell me the price of a kilo of cherries. | number
Give me the distance from London to Edinburgh in miles. | number
Who founded the company that makes these fountain pens? | person
Why is the old library being pulled down? | reason
Why does bread rise in the oven? | reason
When will the bridge be open to traffic again? | time
Name the fruit that cider is made from. | thing
What pet did the old lighthouse keeper have? | thing
Why does the moon look bigger near the horizon? | reason
Where have you hidden the birthday present? | place
Which country do the fjords of Bergen belong to? | place
How come penguins never get frozen feet? | reason
When were horses first tamed? | time
When will the parcel from Canada get here? | time
Name the strait that separates Spain from Morocco. | place
In what quarter of the city do the goldsmiths work? | place
In total, what amount did the charity run bring in? | number
From which year does this bottle of wine date? | time
When did the first settlers arrive in New Zealand? | time
When is it polite to arrive at a dinner party? | time
What justifies the high price of saffron? | reason
What lies behind the sudden rise in rents? | reason
Which drink is made from fermented grapes? | thing
What breed is that curly little dog? | thing
What do pandas mostly eat? | thing
At what moment in the play does the ghost appear? | time
Tell me the name of the nurse on duty tonight. | person
Why does my knee ache before a storm? | reason
When did dinosaurs die out? | time
In which lunar phase or week do the crabs come ashore to breed? | time
Which nurse reformed army hospitals during the Crimean War? | person
Which fabric is made from the coat of sheep? | thing
How long ago did the volcano last erupt? | time
What fuel does the heating in this house run on? | thing
Which stone did the Egyptians use for the outside of the Great Pyramid? | thing
To whom should I send the signed contract? | person
Who invented the printing press with movable metal type? | person
On what day did the snow begin to melt? | time
When did your family move to this town? | time
Which gardener planted the roses along the south wall? | person
By which painter are the sunflowers in the London gallery? | person
What convinced the council to ban cars from the centre? | reason
Name the novelist behind Oliver Twist and David Copperfield. | person
The poem on the monument was composed by which writer? | person
Whose idea was it to hold the meeting outdoors? | person
Which monk is remembered for his experiments with pea plants? | person
What was the date of the great earthquake in Lisbon? | time
Who taught you to play the accordion so well? | person
Name the tool a dentist uses to look behind your teeth. | thing
On what grounds was the complaint rejected? | reason
By when do you need the translation? | time
How much sugar is in a can of lemonade? | number
At which airport did the pilot make an emergency landing? | place
How many feathers does a swan have? | number
Tell me the colour you get by mixing blue and yellow. | thing
What speed can a cheetah reach over a short sprint? | number
Who is in charge of the school library this year? | person
When is your dentist appointment? | time
What is the speed limit on this stretch of road? | number
How thick is the ice on the pond this morning? | number
What weight can an ant lift compared with its own? | number
When did people start using forks at the table? | time
On which animal did Hannibal's soldiers ride over the mountains? | thing
How many crew members does the submarine carry? | number
What did you pay for that old gramophone? | number
For what cause did the suffragettes go to prison? | reason
Give me one good argument for keeping the old tram line. | reason
What country did the tulip mania happen in? | place
Why did the tulip market crash? | reason
Which animal has the longest neck? | thing
What do you need to repair a flat bicycle tyre? | thing
Where did I leave my reading glasses? | place
Who delivers milk to the houses along the canal? | person
Why does the sea taste of salt? | reason
Who should I ask about a lost umbrella? | person
From what harbour did the Mayflower finally set sail? | place
Give me the address of the shoe repair shop. | place
What guest soloist will play with the violin section on Friday? | person
What do silkworms feed on? | thing
Name a reptile that carries its home on its back. | thing
What year was your school founded? | time
Which philosopher was made to drink hemlock in Athens? | person
What was the maiden name of your grandmother's best friend? | person
For what purpose do camels have long eyelashes? | reason
What persuaded the jury that he was innocent? | reason
The bridge can carry how many tonnes? | number
Tell me the location of the nearest chemist. | place
Which museum keeps the Rosetta Stone? | place
Who gets the room with the view of the harbour? | person
What ocean lies between Africa and Australia? | place
How come you know so much about volcanoes? | reason
When was penicillin first given to patients? | time
Identify the goalkeeper who saved two penalties in the final. | person
What did the cobbler sew onto the old boots? | thing
What causes thunder to follow a flash of lightning? | reason
What year did the Soviet Union break apart? | time
Name the region of France where real champagne comes from. | place
When does the school year start in Japan? | time
Tell me the hour of sunset in Rome today. | time
Why do ships float although they are made of steel? | reason
Which country lies directly north of Mongolia? | place
In which century did the Black Death reach Europe? | time
State the year in which your passport expires. | time
Where did the farmers store their ice before refrigerators? | place
Which farm animal gives us mohair? | thing
Why do cats purr when they are stroked? | reason
Explain the failure of last year's grape harvest. | reason
How many eggs do you need for this sponge cake? | number
Which room has the loudest heating pipe? | place
Why do geese fly in a V shape? | reason
Which scientist worked out the three laws of motion? | person
From which plant is linen made? | thing
When will the comet return to our skies? | time
Over which mountain pass did the caravan travel? | place
What is the maximum load for this lift? | number
What drove the farmers to leave the valley? | reason
Which summer was the hottest on record in your region? | time
Which part of the plant takes up water from the soil? | thing
What month do the storks fly south? | time
Where can I buy fresh yeast on a Sunday? | place
What salary does an apprentice baker receive per month? | number
What is the rent for the two-room flat downstairs? | number
To which beach do the turtles come back every summer? | place
Who translated this collection of Hungarian folk tales? | person
What did the children build on the beach? | thing
What is the southernmost town of Argentina? | place
How many lines are in a sonnet? | number
How large is the area of a standard tennis court? | number
How many islands make up the archipelago? | number
How come whales have to come up to the surface? | reason
When does the lease on the shop run out? | time
What is a group of lions called? | thing
When is the best season for planting garlic? | time
Why does honey hardly ever spoil? | reason
What is the deadline for entering the photo contest? | time
When did mammals first appear on Earth? | time
In which year did Hawaii join the United States? | time
When does the morning train arrive in Vienna? | time
Tell me how many continents there are. | number
Which leader of Indian independence organised the salt march? | person
Which month has the fewest days? | time
Can you recall the actor who played the blind fisherman? | person
Which subject did you find hardest at school? | thing
When does the last bus leave for the village? | time
Who wrote the words of your country's national anthem? | person
Name the day on which Americans celebrate their independence. | time
Why did the baker close on a Wednesday? | reason
Along which coast do the puffins nest in spring? | place
Where are bananas grown in Europe? | place
Who checks the tickets on the night ferry? | person
When did the euro come into use as cash? | time
What percentage of the air is oxygen? | number
Against which illness are babies vaccinated first? | thing
Why do babies cry on aeroplanes? | reason
Who pays for the damage if the parcel gets wet? | person
How many fingers does a cartoon mouse usually have on each hand? | number
Which girl in your class can juggle five balls? | person
On which island did Napoleon spend his last years? | place
Which cosmonaut was the first human being in space? | person
What brings on the swelling after a bee sting? | reason
The telephone was patented in 1876 by whom? | person
Which cook invented the pancake with blue cheese and pears? | person
What does your cat like to sleep on? | thing
Name the Greek hero whose only weak spot was his heel. | person
How many horses pulled the royal coach? | number
When did the last passenger pigeon die? | time
Where did your neighbours move after selling the farm? | place
What is half of three hundred and fifty? | number
What did the thieves leave behind in the lorry? | thing
Which general crossed the Alps with elephants to attack Rome? | person
In what year did humans first land on the Moon? | time
Which instrument did your uncle play in the brass band? | thing
How many bones are in the adult human skeleton? | number
Which bird lays its eggs in other birds' nests? | thing
Tell me the sum of the angles in a triangle. | number
By what factor did the price of bread rise? | number
Which member of the choir has the lowest voice? | person
How many planets orbit the Sun? | number
Which morning of the week is the bin emptied? | time
On average, how many cups of tea do you drink in a day? | number
What is to blame for the delay in printing the programme? | reason
What should you pack for a week in the desert? | thing
At which campsite did you lose your tent pegs? | place
Tell me the date of your wedding anniversary. | time
What holiday date do the Swedes keep for Saint Lucia? | time
In what year did the first heart transplant happen? | time
What type of rock is formed from cooled lava? | thing
How heavy is a fully grown blue whale? | number
Which book are you reading at the moment? | thing
What discount do pensioners get at the cinema? | number
When do blackberries ripen in Scotland? | time
At which point of the year are the nights longest? | time
Name the mathematician said to have shouted "Eureka" in the bath. | person
In which cellar does the cheese ripen? | place
Where is the Great Barrier Reef? | place
Against whom did the young boxer lose his first fight? | person
To what depth can a sperm whale dive? | number
Name the shape with eight equal sides. | thing
How come there is a boat in the middle of the forest? | reason
When did you last water the geraniums? | time
What would make a healthy tree lose its leaves in June? | reason
How come the lift only goes to the ninth floor? | reason
Who is standing next to the bride in this picture? | person
Tell me the gas that plants take in from the air. | thing
Tell me the town in which your parents met. | place
Why did your grandparents emigrate to Chile? | reason
What disease is spread by the bite of a malaria mosquito? | thing
What is the chemical symbol for iron? | thing
Where are the spare light bulbs kept? | place
Where should the delivery driver leave the parcels? | place
What was the final score in yesterday's handball game? | number
In which month do the cherry trees bloom in Kyoto? | time
Which vitamin do oranges contain plenty of? | thing
How many wheels does a tricycle have? | number
Which village hosts the yearly onion market? | place
Why do spiders not stick to their own webs? | reason
Where can I charge my phone in this airport? | place
Where were the 2012 summer games staged? | place
For what did the committee give her the prize? | reason
How many members does the city council have? | number
Give me the expiry date on the yoghurt. | time
Where in the garden should I plant the ferns? | place
Why are adult flamingos pink? | reason
What is the largest land animal alive today? | thing
What part of the day is best for photographing the dunes? | time
What motivated Gandhi to walk to the sea? | reason
What city was once called Constantinople? | place
Why do onions make our eyes water? | reason
Where do they mine the salt you use? | place
During which decade did jazz become popular in Paris? | time
By whom was the theory of general relativity proposed? | person
What kind of nuts are in marzipan? | thing
What is the calorie count of a boiled egg? | number
What forced the pilot to turn back? | reason
Where does the Danube flow into the sea? | place
What is the circulation of the local newspaper? | number
Where does the queen bee lay her eggs? | place
Why did the emperor order the wall to be built? | reason
Tell me the body temperature of a healthy dog. | number
Off which coast did the oil tanker sink? | place
How many cents did the stamp cost in those days? | number
By what date must the tax form be handed in? | time
Why does the road to the lighthouse have so many bends? | reason
Who discovered that mould could kill bacteria in a dish? | person
Where is the fuse box in this house? | place
Why is the Dead Sea shrinking? | reason
How come your brother speaks such good Finnish? | reason
How far is the lighthouse from the pier? | number
Name the author of the story about a girl who follows a white rabbit. | person
Name the device that measures air pressure. | thing
What is the name of the lake between Geneva and Lausanne? | place
What are the strings of a harp made of? | thing
When did the strike at the shipyard end? | time
What provoked the crowd to throw tomatoes? | reason
Which physicist gave his name to the unit of force? | person
In which county are the ruins of the abbey? | place
How many strings are there on a cello? | number
What is the diameter of the Earth at the equator? | number
Whose footprints are these in the wet cement? | person
Which neighbour keeps the spare key for our flat? | person
What triggers an avalanche on a calm day? | reason
What is the voltage of a household socket in Europe? | number
In which cave were the painted bulls discovered? | place
Into what does a caterpillar turn? | thing
Which sport is played with a shuttlecock? | thing
What would you like for breakfast tomorrow? | thing
What is the national dish of Hungary? | thing
What is the cube of four? | number
What is the diameter of the big telescope's mirror? | number
Why was the flight to Madrid delayed? | reason
Where will next year's beekeeping congress be held? | place
Which weekend would suit you for the camping trip? | time
Which queen gave her name to the largest lake in Africa? | person
Since what year have women been allowed to vote in Finland? | time
Where do salmon lay their eggs? | place
Why does ice float on water? | reason
Name the layer of gas that shields us from ultraviolet light. | thing
Which shop around here sells used violins? | place
How come the milk turned sour so quickly? | reason
Whose turn is it to wash the dishes tonight? | person
From whom did the baker borrow the delivery van? | person
When will you be back from the mountains? | time
Who rescued the kitten from the drainpipe? | person
With whom did Marta share her train compartment? | person
State your grounds for opposing the new timetable. | reason
Name the site of the first atomic bomb test. | place
Name a vegetable that grows underground. | thing
What brought about the fall of the Aztec empire? | reason
What did the museum buy at the auction? | thing
Which dancer replaced the injured soloist on opening night? | person
What day is Christmas Eve celebrated on? | time
At which station should we change trains for Lucerne? | place
Owing to what was the bridge closed for a week? | reason
In what season do deer shed their antlers? | time
Around which year was the compass first used at sea? | time
At what stage of the night do owls hunt most? | time
What is the minimum wage per hour in your country? | number
How steep is the climb to the monastery, in percent? | number
When should I take the bread out of the oven? | time
Which knot do climbers use to tie themselves in? | thing
Who keeps ringing the bell and running away? | person
Who was the mother of Queen Elizabeth the First? | person
How many sheets of paper are left in the printer? | number
When was the Panama Canal completed? | time
How often does the heart beat in one minute at rest? | number
How high above sea level is Mexico City? | number
How much snow fell on the pass overnight? | number
How many stars are on the flag of the United States? | number
Why do our fingers wrinkle in the bath? | reason
Beneath which bridge do the boatmen wait for tourists? | place
Why did the miners take a canary underground? | reason
How much did the carpenter charge for the shelves? | number
How many players are on the field in a rugby union team? | number
What did the fisherman pull up in his net? | thing
In which year did Columbus make his first voyage west? | time
Why do nurses wash their hands so often? | reason
What is the square root of one hundred and forty-four? | number
Why did the colonists throw tea into Boston harbour? | reason
What do tadpoles become when they grow up? | thing
Into how many cantons is Switzerland divided? | number
Name the Carthaginian commander beaten at Zama. | person
Where was the treaty ending the First World War with Germany signed? | place
In which year was Nelson Mandela released from prison? | time
Out of what material are these roof tiles made? | thing
What is the best cure for hiccups? | thing
Name the force that pulls objects towards the Earth. | thing
What was the first artificial satellite called? | thing
Who designed the glass pyramid outside the Louvre? | person
How many spectators can the stadium hold? | number
When do hedgehogs wake from their winter sleep? | time
When did cats become household animals? | time
Where does this footpath lead? | place
Which drawer are the scissors in? | place
Which spice gives paella its yellow colour? | thing
Which explorer reached the South Pole before anyone else? | person
Which school did your mother attend as a girl? | place
Tell me which canyon the Colorado River carved in Arizona. | place
Why do lakes freeze from the top down? | reason
What was the motive behind the burglary? | reason
What were the first coins in Lydia made of? | thing
Who trains the guide dogs at the centre in Leeds? | person
Which garment protects a cook's clothes from stains? | thing
What day of the week was the concert? | time
When were the first stamps issued in Britain? | time
What broke when the ball hit the greenhouse? | thing
Why did the Titanic carry too few lifeboats? | reason
Which sauce do you serve with roast lamb? | thing
Explain what led to the collapse of the bridge. | reason
Which century is called the age of Enlightenment? | time
With what did people light their homes before electricity? | thing
Tell me the animal that appears on the coat of arms of Berlin. | thing
Why is it dangerous to eat wild mushrooms? | reason
When was the last wolf shot in Denmark? | time
When did the postman come this morning? | time
Where did Darwin study the finches with different beaks? | place
What is the hardest natural mineral? | thing
At the bottom of which sea was the ancient wreck found? | place
Give the grounds for your absence on Monday. | reason
What should I wear to the garden party? | thing
Where can hikers fill their bottles along the ridge trail? | place
How many chapters does the book have? | number
Why does a compass needle point north? | reason
When does the museum offer free entry? | time
What hobby keeps your father busy on Sundays? | thing
Where is the quietest seat in the concert hall? | place
Which planet are the rovers Spirit and Opportunity resting on? | place
When do the shops close on Saturdays? | time
To what city did the refugees flee after the flood? | place
State the density of gold in grams per cubic centimetre. | number
When did the ferry company stop sailing to Ostend? | time
Give the ratio of water to rice for this recipe. | number
How many doors open onto the courtyard? | number
When did Mozart compose his last symphony? | time
Which painting was stolen from the chapel? | thing
How many kilometres did the cyclists ride today? | number
What did you put in the soup to make it so spicy? | thing
Tell me the lowest dry land on Earth. | place
Why did the Vikings sail so far west? | reason
When were reading spectacles invented? | time
Which kitchen utensil is good for draining pasta? | thing
Name the liquid that the stomach uses to digest food. | thing
Who cuts the hedge in front of your house? | person
What is the surname of the mechanic who repaired our tractor? | person
What accounts for the bitter taste of this coffee? | reason
What is inside a thermometer with a silver column? | thing
"""#
}
