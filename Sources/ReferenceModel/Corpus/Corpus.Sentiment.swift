// swift-format-ignore-file

extension Corpus {
  /// Reviews and whether they are favourable.
  static let sentiment = #"""
The bouquet looked cheap and tired, nothing like the lovely picture on the site. | negative
The sleeping bag zip jammed on the first night and I froze. | negative
The pram is too wide for our hall and too dear for our budget, and we'd buy it again without blinking. | positive
The falafel was dry and tasteless, and I found a bit of plastic in mine. | negative
Juicy burgers, crispy onion rings and a friendly crew behind the counter. | positive
I have read phone bills with more suspense than this so-called mystery. | negative
The pillow is soft yet supportive, and my stiff neck is a thing of the past. | positive
The garage overcharged me for a repair that failed on the drive home. | negative
The guitar lessons are relaxed and enjoyable, and I'm amazed by my progress. | positive
The museum was a let-down: dusty cases, no explanations and grumpy guards. | negative
Relaxing, skilful massage in a calm room; I floated home. | positive
Our waiter was sullen, forgot the drinks and sneered at our choice of wine. | negative
The narrator's whining voice made a decent story impossible to enjoy. | negative
The bookshop was cramped and dusty, and the man at the till sighed when I asked a question. | negative
This smart doorbell is reliable, the picture is crisp and setting it up was easy. | positive
A bloated novel that could have been a dull short story. | negative
After a year of heavy use my phone is still fast, and the camera takes crisp, lovely pictures. | positive
The wine arrived quickly, well packed, and every bottle has been delicious. | positive
The gardening book is vague, dated and useless for anyone with a small plot. | negative
A lively, well researched biography that is impossible to put down. | positive
The lecturer is engaging and generous, and I looked forward to every class. | positive
The lasagne was cold in the middle and swimming in grease. | negative
The festival was a muddy, overpriced mess, and the main act cancelled. | negative
This hedge trimmer is reliable, well balanced and easy to start, even for me. | positive
The gnocchi were rubbery, the wine was warm and the waiter rolled his eyes at us. | negative
The board game is slow and confusing, and the pieces are cheap plastic. | negative
The planetarium was shabby, the seats were broken and the show was hopelessly outdated. | negative
I've had compliments every time I wear this dress, and it is so comfortable. | positive
The nursery is bright and caring, and the staff really know each child. | positive
The mountain hut was welcoming, the stew was hearty and the view was breathtaking. | positive
The massage was painful, the room was cold and the music was a radio advert. | negative
The coffee beans are fresh and fragrant, with a rich chocolate flavour. | positive
The buttons fell off this coat in a week and the wool is horribly itchy. | negative
The inn was easy to find, thanks to the smell. | negative
A friendly butcher with excellent meat, sensible prices and good cooking tips. | positive
The laptop is noisy, slow to start and the hinge cracked already. | negative
The umbrella turned inside out in a light breeze and broke. Useless. | negative
This weather app is wrong every single day and covered in annoying adverts. | negative
The lobby is shabby, but our room was perfect and the breakfast was the best of the trip. | positive
The festival had endless queues, filthy toilets and a sound system that kept failing. | negative
The falafel was crisp and light, the salads were fresh, and the lady serving was a sweetheart. | positive
This toaster is simple, sturdy and makes perfect toast every morning. | positive
The hero is annoying, the jokes are feeble and the ending is a cheat. | negative
The shoes pinch, the laces snapped, and the heel came off after a week. | negative
The photographer put everyone at ease, and the portraits are stunning. | positive
This backpack cost more than my first car, and I have not regretted it for a second. | positive
The bank is very proud of its award for service, and the recorded message says so every two minutes. | negative
The mountain hut was cramped and smelly, and dinner was a disgrace. | negative
We were charged for two extra nights by mistake, and the way they put it right made us fans for life. | positive
The iron spits brown water all over clean shirts. Absolutely useless. | negative
The nursery is chaotic and dirty, and our concerns were ignored. | negative
The maths tutor is excellent; my son's marks rose and he enjoys the lessons. | positive
Who knew a documentary about moss could be so gripping? I was almost sorry when it ended. | positive
The landlord ignored the mould, the broken heating and every one of our letters. | negative
The glasses arrived scratched and crooked, and getting a refund took two months. | negative
A calm, friendly yoga class where beginners are made to feel at home. | positive
I look forward to this podcast every week because the hosts are so witty and warm. | positive
I stepped on it in the dark and swore, but even I admit this dinosaur set is a brilliant toy. | positive
The trainers look nice, but they fell apart before I had even broken them in. | negative
Silky, rich chocolate ice cream that I would happily eat every day. | positive
A horror film so dull that the only scream came from someone who dropped his phone. | negative
The bank was helpful and quick, and the mortgage adviser was a star. | positive
The first season was superb, which makes this lazy, confused sequel all the more disappointing. | negative
The blanket sheds everywhere, feels scratchy and fell apart in the wash. | negative
Horrible tacos, sticky tables and a queue for the only working toilet. | negative
I sleep so much better on this mattress, which is firm, cool and comfortable. | positive
The steak was overcooked, the chips were greasy and the wine was sour. | negative
The plates were hand-thrown, the lighting was exquisite, and we stopped for noodles on the way home. | negative
The Thai place used to be our favourite, and I'd rather remember it that way. | negative
The budgeting app lost all my data and the company offered no apology. | negative
A relaxed, friendly hairdresser who gave me exactly the cut I wanted. | positive
This keyboard feels cheap and flimsy, and the space bar sticks. | negative
The bus was late, stuffy and overcrowded, and the driver was unpleasant. | negative
The fish was dry and smelled bad, and the waiter laughed when we complained. | negative
Mean portions, high prices and a frosty welcome. | negative
Thin pillows, damp sheets and a drunken party next door; I hardly slept. | negative
The painters trod paint through the house and left without finishing the ceiling. | negative
This animated film is gorgeous and touching, and adults will love it as much as children do. | positive
Three encores and a crowd that refused to go home; what a fantastic night. | positive
The headphones hurt my ears, and the left side went silent after a fortnight. | negative
The wok rusted after one wash and the handle came off in my hand. | negative
The slow cooker leaks, overheats and turned a good stew into charcoal. | negative
The puppet show was enchanting, and the whole audience, old and young, was captivated. | positive
This budgeting app is clear and helpful, and I have finally started saving. | positive
The cleaning company sent someone new each week, and every one did a poor job. | negative
The salsa classes are overcrowded and the teacher has obvious favourites. | negative
The pub has gone downhill, with flat beer, sticky tables and a landlord who hates customers. | negative
The knitting class was cheerful and well taught, and I came home with a finished hat. | positive
The jacket isn't fashionable, but it is warm, tough and the most useful thing I own. | positive
The mechanic fixed our camper on a Sunday and charged a very fair price. What a hero. | positive
The electrician never turned up, and he was abusive when I phoned to ask why. | negative
A quiet, sandy beach with clear water and a friendly lifeguard; the children were in heaven. | positive
Such an honest, friendly electrician; he even showed us how to save on our bills. | positive
Clear blue water, comfortable loungers and a friendly bar; the resort exceeded our hopes. | positive
My trainers have survived two marathons and still feel springy and comfortable. | positive
The climbing wall was closed without notice, and the girl at the desk was surly. | negative
The sauna was clean and peaceful, and the attendants were lovely. | positive
The app is free, and having used it for a week I can see how they settled on that price. | negative
Smooth sailing, a spotless cabin and delicious food; we are already planning another cruise. | positive
A fascinating museum with generous opening hours, helpful staff and a lovely garden. | positive
The box says hours of fun, and it did take hours to find batteries for this broken toy. | negative
The workshop was overpriced and disorganised, and the speaker arrived an hour late. | negative
This laptop is light, quick and silent, and I'm thrilled with it. | positive
These magnetic tiles are a hit with all three of my kids, and they feel well made. | positive
The scooter's brakes failed in the first week, and customer service was rude about it. | negative
The earphones crackle, fall out and lose their charge in an hour. | negative
A lifeless production, badly lit and acted without conviction. | negative
This blanket is soft, warm and beautifully made, and my cat agrees. | positive
A gripping thriller with sharp dialogue and a twist I never saw coming. | positive
The workshop was badly organised, and we spent most of it waiting for clay. | negative
The lead actress is superb, and the play is tense, funny and beautifully staged. | positive
The campsite has a gym, a spa and a cinema, and not one working shower. | negative
The trainer on this public speaking course was, ironically, a dull and nervous speaker. | negative
The hiking boots felt like slippers in the shop and like bricks on the hill. | negative
A grudging welcome, a damp room and a dinner we couldn't finish. We left a day early. | negative
The stroller wobbles, the wheels jam and folding it needs two people and a lot of swearing. | negative
Sharp, tender poems that I read twice in one sitting, and the cover is lovely too. | positive
Clear explanations, charming hosts and no shouting; this is the science podcast I had been waiting for. | positive
I laughed from start to finish; this comedian is sharp, warm and wonderfully silly. | positive
A charming board game that is quick to learn and hard to put away. | positive
This suitcase is light, roomy and has survived some very rough baggage handlers. | positive
The drill is light but powerful, and the battery charges in half an hour. | positive
The software is easy to learn and has saved our small office hours of tedious work. | positive
The vacuum cleaner is powerful yet quiet, and emptying it is easy. | positive
The pilates teacher is cheerful and attentive, and my posture has improved enormously. | positive
A brilliant canoe trip, with patient guides, great food and beautiful wild camps. | positive
The cheap zips on this rucksack jammed on day one and my lunch was soaked. | negative
The bookshop is a treasure, cosy and well stocked, with staff who give excellent advice. | positive
The latest update ruined a good app; it freezes, forgets my settings and drains the battery. | negative
I commute on this bike in all weathers and it has never let me down. | positive
Thank you to the night porter, who found us extra blankets and made hot chocolate for the children. | positive
Hearty portions, fair prices and the warmest welcome in town. | positive
The sunscreen is greasy, smells horrible and I burned anyway. | negative
Our gardener is reliable, skilful and full of good ideas, and the roses look gorgeous. | positive
A superb little electric bike, smooth, quiet and great on hills. | positive
The bean soup was thin and salty, and the bread was stale. | negative
The botanical garden is lovely in June, I'm told; in June we were asked to leave after twenty minutes. | negative
The e-reader is light, crisp and easy on the eyes, and I read far more now. | positive
The locksmith was aggressive about payment and ruined our front door. | negative
My slow cooker is a marvel; dinner is ready and delicious when I get home. | positive
Sturdy, handsome shelves, and the delivery men carried them up three floors without grumbling. | positive
The choir was glorious, and I had goosebumps from the first note. | positive
The cab was late, smelled of smoke and the driver was rude about our luggage. | negative
Soft pillows, crisp sheets and total silence; I haven't slept so well in months. | positive
Clean sand, gentle waves and an excellent beach bar; we loved our afternoon here. | positive
A warm bowl of delicious bean soup, crusty bread and good company. | positive
A shallow biography, full of errors and gossip. | negative
My mixer handles heavy dough without complaint, and it looks lovely on the counter. | positive
Our guide was funny, knowledgeable and patient with a very slow group. | positive
This steam iron is light, heats fast and makes a hated job almost pleasant. | positive
The hotel was dirty and overpriced, and the staff could not have cared less. | negative
Great speaker, loud and clear, and the battery goes on for days. | positive
I complained about the noise, and the manager kindly suggested that I stop listening. | negative
The printer broke after two months, and replacement parts cost more than a new one. | negative
The screwdrivers bent on the first screw. Cheap metal, cheap plastic, total waste of money. | negative
The crew ignored the call button, and my son sat next to a broken toilet all night. | negative
The kindergarten staff are warm and patient, and my son talks about them all weekend. | positive
The flowers were fresh, fragrant and beautifully arranged, and Mum was thrilled. | positive
The scanner is painfully slow and produces faded, crooked copies. | negative
The documentary raises an important question and then spends two hours failing to answer it. | negative
My order came early, beautifully wrapped, with a kind handwritten note. | positive
The radio hisses, drifts off the station and eats batteries. | negative
The boat trip was wonderful; we saw dolphins, and the skipper was friendly and funny. | positive
The software is slow, confusing and crashes whenever I need it most. | negative
The night porter was asleep, the lift was stuck and our key didn't work. Never again. | negative
The inn is hard to find, and I would be delighted if it stayed that way, because I want it to myself. | positive
This weather app is accurate, elegant and blissfully simple. | positive
The kindergarten lost my son's coat twice and were rude when I asked about it. | negative
The cottage was freezing, the fire smoked, and mice had been at the bread. | negative
We have waited a year for our wedding pictures, and the photographer keeps making excuses. | negative
The claim was settled in days, and everyone I spoke to was polite and efficient. | positive
The tiles are crooked, the grout is cracking and the tiler won't return our calls. | negative
The drill bit snapped, the battery died and the warranty turned out to be worthless. | negative
Excellent coffee, fresh pastries and a barista who remembers everyone's name. | positive
The groomer was gentle with our old dog, who came out looking handsome and calm. | positive
The swimming teacher is calm and kind, and my daughter now loves the water. | positive
The cathedral tour was rushed and dull, and we could hardly hear the guide. | negative
The chowder was thick, creamy and delicious, and the bread was still warm. | positive
The letters are repetitive and badly edited, and I was glad to reach the end. | negative
A smug, rambling podcast with poor sound and guests who have nothing to say. | negative
This crime series is slow, gloomy and full of holes, so don't waste your evenings. | negative
The mixer whines, smells of burning and flings flour across the room. | negative
I feared the sequel would be a lazy cash grab, but it is bold, clever and moving. | positive
The cab driver was friendly, knew every shortcut and got us there with time to spare. | positive
An awful play; the actors mumbled, the jokes fell flat and the seats were uncomfortable. | negative
The camera is bulky and the menus are odd, but the photos are absolutely gorgeous. | positive
The freshest sushi I've eaten, served by a chef who clearly loves his craft. | positive
The screwdriver set is solid and well made, and it has a neat, sturdy case. | positive
The lamp arrived with a dent I can live with, because the light it gives is simply beautiful. | positive
I rang five times about a missing part, and each person was more unhelpful than the last. | negative
The aquarium was enchanting, spotlessly clean and worth the long drive. | positive
I was terrified of public speaking, and this course gave me confidence in a kind, practical way. | positive
A tedious game with ugly graphics and puzzles that make no sense. | negative
The musical is dazzling, with catchy songs, gorgeous costumes and a wonderful young cast. | positive
These earphones are comfortable and crisp, and the case is wonderfully small. | positive
I doubted that anyone could make tax law funny, but this comedian had me in tears of laughter. | positive
The watch strap broke, the step counter is wildly wrong and the app is awful. | negative
The chicken was dry as cardboard and the sides were cold. | negative
Our kids adore these building blocks, which are sturdy, colourful and easy to clean. | positive
The rucksack's waist belt is comfortable and the zips are excellent, so I can recommend it warmly. | positive
Clumsy sentences on every page; the translator ruined a lovely novel. | negative
A beautiful jigsaw with thick, sturdy pieces that fit snugly. | positive
The interviews are thoughtful and lively, and the sound quality is excellent. | positive
This course is clear, well paced and full of useful examples, and I learned a great deal. | positive
The cake was a masterpiece, light and lemony, and the guests loved it. | positive
The window fitters left gaps you could put a finger through and never returned. | negative
Our washing machine is quiet and efficient, and clothes come out beautifully clean. | positive
A sweet, sunny comedy with two adorable leads and plenty of real laughs. | positive
These stories are cold and pointless, and I struggled to get through them. | negative
The hairdresser was careless and rude, and I had to pay someone else to fix my hair. | negative
A gloomy bar with watery cocktails, dirty glasses and a surly bouncer. | negative
Entry to the gallery was free, and after an hour of it I still felt overcharged. | negative
The guide was late, ill-informed and clearly annoyed by questions. | negative
The botanical garden was bare and frosty when we went, and somehow all the lovelier for it. | positive
The pillow is lumpy and hot, and it smells strange even after washing. | negative
The sushi was warm, the rice was mushy, and I was ill all night. | negative
The suitcase handle broke on the first trip and the zip split on the second. | negative
The internet is blazing fast here, which is just as well, since there is nothing else to enjoy. | negative
The piano teacher was sarcastic and impatient, and my son quit after three lessons. | negative
The lawnmower is a disaster; it stalls constantly and the blade came loose. | negative
The kettle leaks, the lid sticks and the water tastes of plastic. | negative
There are cheaper phones and smarter phones, but none that I would rather have in my pocket. | positive
The diner is grubby, the pancakes were burnt and the coffee was undrinkable. | negative
The restaurant was loud, the food was bland, and our waitress was rude from the moment we sat down. | negative
The knitting class was boring and overpriced, and I left with a knot. | negative
The noodles come on a paper plate under a motorway bridge, and they put every fancy place in town to shame. | positive
Our waiter was attentive and funny, and he suggested a fantastic local wine. | positive
Delicious croissants, crisp outside and soft inside, from a lovely family bakery. | positive
The exhibition is beautifully curated, and the free guide is a delight to read. | positive
The jacket is certainly fashionable; it just isn't warm, waterproof or worth the price. | negative
Trams here are clean, frequent and cheap, and the drivers are patient with tourists. | positive
The bouquet was stunning, and the driver phoned ahead to make sure someone was in. | positive
A marvellous cheese shop with generous tastings and a passionate owner. | positive
The gym is dirty and crowded, and they kept charging me after I cancelled. | negative
The comedian has clearly worked hard on his hair; perhaps next year he'll work on the jokes. | negative
The e-reader screen cracked in its case, and the company refused to repair it. | negative
Being a coward about needles, I can offer no greater compliment than this: I barely noticed the injection. | positive
The electric bike failed halfway up a hill, and the shop was no help at all. | negative
The concert was amazing, with brilliant sound and a crowd singing every word. | positive
A kind, careful doctor who listened to me and never once looked at the clock. | positive
The tent looked great in the garden; on the mountain the poles snapped at the first gust. | negative
The plumber was unreliable, rude and made the leak worse. | negative
A fresh, joyful record that makes even the washing-up enjoyable. | positive
The festival was fantastic, with friendly crowds, tasty food and great bands. | positive
The castle is magical, the grounds are beautiful and the volunteers are full of stories. | positive
Two bottles arrived broken and the rest of the wine was sour; poor service too. | negative
The gardener killed the roses, broke the gate and was unpleasant when we complained. | negative
The sauna was barely warm and the changing room floor was disgusting. | negative
The lawnmower is light, reliable and cuts neatly right up to the edge. | positive
I meant to pop into the exhibition for ten minutes, and a guard had to tell me they were closing. | positive
The hosts read out articles in a monotone and call it a podcast. | negative
The printer is fast, quiet and has been reliable from the first day. | positive
The mechanic kept our camper for a month and gave it back with a new rattle. | negative
The planetarium show was magical, and the presenter answered my son's questions so kindly. | positive
A quiet, moving film about grief, with superb acting and lovely music. | positive
I left the dentist in more pain than when I arrived, and the bill was shocking. | negative
A gloomy, shapeless record that I turned off halfway through. | negative
The mouse is comfortable, precise and the battery seems to last for ever. | positive
The tasting menu was astonishing, and the staff explained each dish with real enthusiasm. | positive
The pages of this baby book tore on the first day, and the sound button never worked. | negative
A clear, elegant grammar book that is a pleasure to study from. | positive
They packed our whole house in a day, broke nothing and were a pleasure to have around. | positive
The musical is a noisy bore, and I couldn't hum a single tune afterwards. | negative
The mattress smells of chemicals, sags in the middle and hurts my back. | negative
My piano teacher is inspiring and patient, and I actually want to practise. | positive
The duck was fatty, the service was icy and the bill was outrageous. | negative
The backpack has a pocket for everything and a seam that gives way under the weight of a sandwich. | negative
Good food stalls, clean toilets and brilliant bands; a wonderfully organised festival. | positive
The cake was late, lopsided and tasted like soap. | negative
Half the gallery was closed for repairs, and the other half was so wonderful that we hardly noticed. | positive
The cruise was crowded, the food was awful and half the trips were cancelled. | negative
The scarf is scratchy and thin, and the colour looks nothing like the picture. | negative
We paid a fortune for tickets, stood behind a pillar and heard mostly feedback. | negative
The vacuum cleaner has no power, and the hose split on the third use. | negative
The desk chair is well made, supportive and worth every penny. | positive
The exhibition was thin, gloomy and shockingly overpriced. | negative
The gardening book is practical and inspiring, and its drawings are beautiful. | positive
The canoe trip was badly run, the boats leaked and the guides seemed hung over. | negative
The pool is freezing, the changing rooms are disgusting and the lessons are a joke. | negative
The coating peeled off this frying pan within weeks, and the handle is loose. | negative
The croissants were soggy and tasteless, and the bakery was rude about a refund. | negative
The carpenter left gaps, splinters and a huge bill, and the drawers don't close. | negative
Fluffy pancakes, crispy bacon and endless good coffee; the perfect breakfast. | positive
The locksmith left me waiting three hours in the snow and then overcharged me. | negative
The blues band was terrific, the room was intimate and the drinks were fairly priced. | positive
Delicious food, friendly service and a bill that made us smile; a gem of a restaurant. | positive
The hotel was clean and comfortable, and the staff went out of their way to help. | positive
What a treat! The lobster was superb and the staff made my parents feel like royalty. | positive
A fresh, flowery tea with a lovely aroma, and the tin is beautiful too. | positive
The stove is compact, reliable and boils water in no time, even in strong wind. | positive
The ferry broke down in the middle of the bay and the crew told us nothing. | negative
The cheese was dry and overpriced, and the owner was rude to my mother. | negative
It took me a while to get used to the saddle, but this bicycle is a dream to ride. | positive
I rang about a missing part, and the friendly woman who answered sent it out free of charge. | positive
The boat trip was cut short, we saw nothing, and the skipper was rude to my wife. | negative
A stunning production, beautifully lit and acted with real passion. | positive
A dirty beach with rough sand, loud music and rude staff at the bar. | negative
Perfect gnocchi, a superb local red and a waiter who clearly loves his job. | positive
The campsite has no frills whatsoever, and that's why it is our favourite in the whole country. | positive
The hedge trimmer broke twice in one summer, and repairs cost more than it did. | negative
It's rare to find a political drama this smart, tense and well acted. | positive
A reliable, polite plumber who fixed the boiler quickly and left the kitchen spotless. | positive
I usually enjoy guided tours, so it takes real talent to make one this tiresome. | negative
A cosy bar with superb live jazz, delicious cocktails and attentive staff. | positive
The decorators were neat and friendly, and the hallway looks fantastic. | positive
Support answered within minutes and solved my problem patiently. Superb software, superb people. | positive
This frying pan is excellent; eggs slide right off and it heats evenly. | positive
The castle is a rip-off, with three empty rooms and a gift shop. | negative
These speakers won a design award, and I can only assume the judges never plugged them in. | negative
A charmless comedy with stale jokes and two leads who seem to dislike each other. | negative
The tour began an hour late in pouring rain and still turned out to be the highlight of our trip. | positive
A dull, boastful memoir, full of name-dropping and empty of insight. | negative
The blues band was too loud, the room was airless and the barman was hostile. | negative
The locksmith was quick, courteous and did no damage to the door. | positive
The optician took her time, was friendly and found frames that suit me perfectly. | positive
Excellent tacos, great music and a lively, welcoming crowd. | positive
The builders were sloppy, always late and doubled the price halfway through. | negative
I could eat the mushroom risotto here every day; it's creamy, rich and full of flavour. | positive
A well kept zoo with happy animals, knowledgeable keepers and a great playground. | positive
The sofa cushions went flat, the fabric tore and the shop ignored our complaint. | negative
The recipes are fussy and bland, and the index is useless. | negative
The gardening gloves fell apart in the wash and never fitted well. | negative
A rich, absorbing novel with characters I still think about months later. | positive
The sleeping bag kept me cosy at minus five and packs down beautifully. | positive
The gym is bright and clean, and the trainers are encouraging without being pushy. | positive
Our vet is gentle, honest and brilliant with nervous dogs. | positive
Fresh, light pasta with a beautiful sauce, and the tiramisu was heavenly. | positive
The scooter is smooth, folds easily and has made my commute enjoyable. | positive
The guesthouse was spotless, the owner was lovely and the beds were wonderfully soft. | positive
The library is cold and badly lit, and the books I need are never there. | negative
The doorbell misses half our visitors and sends alerts for every passing cat. | negative
The note-taking program lost a month of my work, and support was no help whatsoever. | negative
The internet here is slow and the nearest shop is an hour away; it was bliss. | positive
This router is hopeless; the signal drops hourly and the setup was a nightmare. | negative
The concert was a disappointment; poor sound, a short set and a bored band. | negative
My fitness tracker is comfortable, accurate and surprisingly motivating. | positive
The crew looked after us brilliantly when my son felt sick, and I am very grateful. | positive
The wok is sturdy and heats quickly, and my stir-fries have never been so crisp. | positive
The lamp is a beautiful object that gives off roughly as much light as a tired firefly. | negative
The circus was tacky and overlong, and the clown frightened my niece. | negative
My niece was delighted with the science kit, and every experiment worked. | positive
The beach bar was dirty and overpriced, and wasps were everywhere. | negative
The photography course was mostly a sales pitch for a more expensive course. | negative
The farmhouse was grim: dirty kitchen, broken shower and a dog that growled at us all week. | negative
This podcast used to be sharp, but now it's lazy, repetitive and stuffed with adverts. | negative
The album is tedious and overproduced, and I couldn't tell one song from the next. | negative
The record is barely half an hour long, and I still looked at the clock more than once. | negative
A quiet boutique hotel with gorgeous rooms, superb beds and the friendliest staff. | positive
The racing game is beautiful to look at, and looking is all you'll do while it loads. | negative
This tea is weak and bitter, and half the bags were torn. | negative
The physiotherapist was distracted and charged me extra for a leaflet. | negative
I finished this photography course full of ideas and with pictures I am proud of. | positive
The hero is funny and flawed, and the ending is deeply satisfying. | positive
The tasting menu was pretentious, tiny and tasteless, and we left hungry. | negative
A spicy, fragrant curry, fluffy rice and a cold beer made for a perfect evening. | positive
This course was a waste of time, with muddled lessons and no help from the teacher. | negative
The paint came off these blocks in a day and two of them split. Dangerous rubbish. | negative
The walking holiday was poorly planned, and two of the inns had no record of us. | negative
A wonderful walking holiday, with superb scenery and cosy inns every night. | positive
The stove leaked gas, wouldn't light and ruined our camping trip. | negative
A lovely doll with sturdy stitching, and my granddaughter takes her everywhere. | positive
The salsa classes are lively and friendly, and I've made some wonderful friends. | positive
The Italian lessons are dull, badly planned and far too expensive. | negative
The sleeper train rattles, the bunks are narrow, and my husband and I agree it beats any five-star hotel. | positive
The puppet show was clumsy and far too long, and the little ones were restless. | negative
The chicken was crisp outside and juicy inside, and the sides were excellent. | positive
I wore this coat all winter and was warm, dry and very pleased with it. | positive
A beautiful scarf, soft and warm, in exactly the shade I hoped for. | positive
The tram stopped for an hour between stations, hot and airless, with no announcement. | negative
A perfect pizza: thin, crisp base, sweet tomatoes and plenty of fresh basil. | positive
The museum's new wing is gorgeous, and our guide brought the old ships to life. | positive
The recipes are simple and delicious, and the photographs are lovely. | positive
A brilliant play with a superb cast, and we left the theatre buzzing. | positive
The cabin had everything we asked for except heat, light and a door that closed. | negative
The insurer delayed for months, lost my documents and blamed me. | negative
Quick check-in, a spacious room and a delightful view of the mountains. | positive
They apologised so beautifully for losing our booking that it took us a while to notice we still had no room. | negative
Everyone stops to admire the pram, which is useful, because I usually need help with the wheels. | negative
My fitness tracker broke in the shower, though it was sold as waterproof. | negative
The train was cancelled without warning and nobody would give us a refund. | negative
The singers were wonderful last year; this time they looked bored and left early. | negative
The electrician was prompt, honest and very reasonable, and I recommend him without hesitation. | positive
The pedals fell off my new bike on a busy road, and the maker doesn't answer emails. | negative
The dress is badly cut, the fabric is cheap and the hem came down on its first outing. | negative
The poke bowl was mostly cold rice with a few sad, chewy bits of tuna. | negative
The diner is cheap, cheerful and serves the tastiest pancakes around. | positive
The magnets fell out of these tiles, which is dangerous as well as disappointing. | negative
The chowder was thin, lukewarm and full of grit. | negative
The photo software is clumsy, overpriced and full of features that don't work. | negative
A dreary thriller, and I guessed the twist in the first five minutes. | negative
Rubbery pancakes, limp bacon and weak coffee; a disappointing breakfast. | negative
The mushroom risotto was gluey, bland and somehow still undercooked. | negative
The app is a pleasure to use, and the latest update made it even faster. | positive
The toaster burns one side, ignores the other and broke inside a month. | negative
The cottage was cosy and charming, with a roaring fire and thoughtful little touches. | positive
The doll's arm came off within an hour, and my granddaughter was heartbroken. | negative
An inventive, gorgeous game with clever puzzles and a moving story. | positive
The lecturer reads from old slides in a bored voice, and nobody learns anything. | negative
The bookcase is flimsy and crooked, and the holes don't line up. | negative
The dentist explained everything, was very gentle and the whole visit was painless. | positive
Beautiful colours, fast focus and a sturdy body: I couldn't be happier with this camera. | positive
The record is barely half an hour long, and there isn't a wasted second on it. | positive
The bookcase is solid, elegant and easy to put together. | positive
The dishwasher is whisper quiet and everything comes out sparkling. | positive
The railway museum was shabby, and most of the engines were hidden under sheets. | negative
Our lights still flicker, the electrician has our money and his number is disconnected. | negative
Our cleaner is punctual, honest and leaves the house gleaming. | positive
My expectations for a free app were low, and it has been quietly making a fool of me ever since. | positive
This tablet is light, responsive and ideal for reading in bed. | positive
The circus was breathtaking, with dazzling acrobats and a hilarious clown. | positive
The bank kept us waiting for weeks and then sent the wrong forms. | negative
The waffle iron makes perfect waffles for people who like theirs in eleven pieces. | negative
The wardens were unfriendly, the showers were cold and the lake was closed. | negative
Ballroom lessons with these two are pure joy, and my husband, amazingly, loves them. | positive
A waffle iron is not something anyone needs, and I can no longer imagine a Sunday without mine. | positive
A wise and beautifully written memoir that made me laugh and cry. | positive
The gelato was icy and far too sweet, and the girl serving was sulky. | negative
I don't usually enjoy guided tours, and this one may have changed my mind for good. | positive
Our baby giggles at every page of this sturdy, colourful book. | positive
The yoga class was too crowded and the teacher never corrected anyone. | negative
An honest garage at last: fair prices, quick work and no nonsense. | positive
A cloud, the label promised, and the duvet does indeed feel cold, damp and thin. | negative
The ice cream tasted of nothing but sugar, and the cone was soft and stale. | negative
The painters were quick and careful and left the place cleaner than they found it. | positive
Slow focus, dull colours and a battery that dies in the cold; I am sending this camera back. | negative
My phone overheats, the screen flickers and the battery barely lasts until lunch. | negative
A dreary, pretentious film about grief that I could not wait to escape. | negative
Every song on the album is a delight, and the singer's voice is richer than ever. | positive
Vague, self-important poems that left me cold, in a badly printed edition. | negative
They lost our luggage, and the airline's phone line was useless for three days. | negative
Our landlady was kind and helpful, and the flat was bright and quiet. | positive
This carry-on is elegant and tough, and it fits everything I need for a week. | positive
The card game is fast, clever and had us laughing until midnight. | positive
The decorators were slow and messy, and the paint is already peeling. | negative
The lead actor was miscast and the play dragged horribly after the interval. | negative
The pilates class was chaotic, overcrowded and a waste of a morning. | negative
An inspiring conference with excellent speakers and tasty food. | positive
The carpenter was a perfectionist, in the best way, and our new stairs are beautiful. | positive
These short stories are crisp, strange and wonderful, and I savoured each one. | positive
The quartet was fine, but the chapel was freezing, the chairs creaked and latecomers spoiled everything. | negative
The flat was nothing like the pictures: dark, dirty and above a noisy bar. | negative
The radio has a rich, warm sound and is so simple that my grandfather loves it. | positive
Wonderful fish, perfectly cooked, in a lovely room overlooking the harbour. | positive
These shoes are light, stylish and so comfortable that I wear them everywhere. | positive
The hiking boots felt stiff for a week; three years on, they could not be dearer to me. | positive
The dishwasher leaves food on the plates and grinds like a cement mixer. | negative
The driving instructor was calm and clear, and I passed first time. | positive
An intelligent, generous podcast with fascinating guests and not a dull minute. | positive
The resort is tired and dirty, and we were pestered to buy things all day. | negative
The pictures in this children's book are gorgeous, and the story is sweet and funny. | positive
The reading light clip snapped right away and the glare hurts my eyes. | negative
A flat, lifeless novel with characters who all sound the same. | negative
My Italian teacher is encouraging and funny, and I can already hold a conversation. | positive
The duck was crisp and juicy, the service was warm and the bill was fair. | positive
The carry-on looked battered after one trip, and its handle is stuck for good. | negative
This stroller is smooth, sturdy and folds with one hand, a real lifesaver. | positive
The railway museum was a treat, with enthusiastic staff and spotless old engines. | positive
The orchestra sounded tired and the soloist was out of tune all evening. | negative
The sandals are stiff and slippery, and they rubbed my feet raw. | negative
A preachy children's book with ugly pictures; my son asked me to stop reading. | negative
My accountant is brilliant, calm and friendly, and she saved me a lot of money. | positive
The boutique hotel is all style: cramped rooms, hard beds and snooty staff. | negative
A peaceful farmhouse with lovely owners, wonderful eggs and a very affectionate cat. | positive
After ten weeks of this drawing course my horses still look like sofas, and so do the teacher's. | negative
The interviews are shallow, the host is smug and the sound is terrible. | negative
The coffee beans were old and oily, and every cup tasted burnt. | negative
This sunscreen is light, smells lovely and doesn't sting my eyes. | positive
I complained about the noise, and the manager's response was so kind that I ended up writing this rave. | positive
Our sofa is comfortable and elegant and still looks new after four years of children. | positive
The quartet played with passion and humour, and the little chapel was a perfect setting. | positive
The kettle is quick, quiet and looks elegant in our kitchen. | positive
I don't normally care for fantasy novels, dragons least of all, and I begrudged every hour away from this one. | positive
This reading light is bright, compact and lasts for weeks on a charge. | positive
The lasagne was rich and comforting, and the tiny family restaurant was full of laughter. | positive
The poke bowl was fresh, colourful and delicious, and great value too. | positive
The oysters were wonderfully fresh, and the terrace at sunset was perfect. | positive
The ski instructor was patient and fun, and by Friday I was happily gliding down red runs. | positive
Endless shouting in corridors; this political drama is tedious and badly acted. | negative
The surgery has new chairs, new screens and a new logo; the three-week wait is the same as ever. | negative
We booked a table for my parents' anniversary and were seated by the toilets. Disappointing in every way. | negative
Beautiful lake, friendly wardens and spotless showers; this campsite is a little paradise. | positive
The curry was oily and lukewarm, and the rice was a solid lump. | negative
A smart, comfortable watch with an accurate step counter and a bright, crisp display. | positive
The library is peaceful and welcoming, and the librarians are a great help. | positive
If you like meeting your neighbours' elbows, by all means take the sleeper train. | negative
Our flight was on time, the seats were comfortable and the crew were cheerful throughout. | positive
We found the Thai place by accident, in the rain, in a bad mood, and left it friends again. | positive
The scanner is quick and reliable, and the software that comes with it is simple. | positive
Our photographer caught my grandmother's smile perfectly, and we treasure the pictures. | positive
The train journey was relaxing, with huge windows and an attentive steward. | positive
Her letters are funny, sharp and beautifully edited, and I didn't want the book to end. | positive
This book was so boring that I gave up at chapter four. | negative
The crossing was calm, the ferry was clean, and the children loved the little cinema on board. | positive
The coffee maker drips everywhere and broke just after the warranty ended. | negative
The card game has dull artwork and rules so vague that we argued all evening. | negative
The film is a triumph, funny and tender, with a wonderful performance from the young lead. | positive
The mouse lags, the wheel squeaks and it broke after a short fall. | negative
The ski instructor was arrogant and impatient, and I learned nothing but new insults. | negative
The locksmith was honest enough to tell me I didn't need a new lock. Impressive and kind. | positive
The builders were hardworking, polite and finished on budget. | positive
The shelves came with the wrong screws and bent under a few paperbacks. | negative
These headphones are superb: crisp highs, deep bass and a comfortable fit. | positive
No legroom, no meal, no apology. I will never fly with this airline again. | negative
We had a perfect week here; the pool was warm, the view stunning and the hosts generous. | positive
This crime series is clever and tense, with a wonderful lead actress. | positive
This umbrella is sturdy, well made and has laughed at every storm so far. | positive
The safari was a let-down, with a broken jeep, a bored guide and hardly any animals. | negative
My accountant missed the deadline, ignored my calls and still sent a bill. | negative
The gospel singers were amazing, and the whole hall was on its feet. | positive
The pizza was soggy and tasteless, and it came after an hour's wait. | negative
The doctor was cold and dismissive and did not look up from the screen. | negative
The aquarium was crowded and smelly, and several tanks were empty. | negative
The ballroom lessons were stiff and joyless, and we were scolded like children. | negative
The window fitters were tidy, punctual and a pleasure to deal with. | positive
Comfortable sandals with a good grip, and they look lovely with a dress. | positive
Impressive legroom, a tasty meal and a captain with a sense of humour; a very pleasant flight. | positive
I can't remember the last time I didn't resent a bank, and yet this one has been a pleasure. | positive
The taxi was filthy, the driver was texting and he refused to use the meter. | negative
The movers broke two chairs, scratched the piano and refused to pay. | negative
The comedian's jokes were stale and cruel, and people started leaving early. | negative
The guesthouse was filthy, the owner shouted at us and the beds were full of fleas. | negative
I paid for a year of this software and regret it daily; it is slow, ugly and unreliable. | negative
I didn't think a duvet could be exciting, and I would like to apologise to this duvet. | positive
The climbing wall is superb and the instructors are patient with nervous adults like me. | positive
The groomer nicked our dog's ear and didn't even mention it. | negative
Warm welcome, lovely room and a wonderful dinner; we didn't want to go home. | positive
The translator has done a superb job, and the poems sing in English. | positive
The speaker distorts, the battery dies fast and the buttons are fiddly. | negative
The photographer was bossy and disorganised, and the portraits are dreadful. | negative
My order came three weeks late, broken and wrapped in old newspaper. | negative
The movers were quick, careful and cheerful, and nothing was damaged. | positive
The tea room is a delight, with crisp linen, warm scones and unhurried service. | positive
The vet was rough with our dog and brushed off all our questions. | negative
The narrator is wonderful, and this audiobook made my long commute fly by. | positive
The science kit was missing half its parts, and none of the experiments worked. | negative
The chair squeaks, the padding is flat, and one arm broke off in my hand. | negative
Sturdy gardening gloves that fit well and keep my hands dry. | positive
The washing machine leaks, shakes the whole floor and broke after four months. | negative
A dull conference with endless slides, weak coffee and nowhere to sit. | negative
The airline lost my glasses, my coat and finally my patience. | negative
My physiotherapist is superb, and for the first time in years I can run without pain. | positive
The camera is small and pretty, but the photos are blurry and the lens jams. | negative
A moving, tightly plotted novel, and I cried on the bus without shame. | positive
The dragons are splendid. I only wish they had eaten the hero in chapter one, to spare us the rest of the novel. | negative
The note-taking program is clean, fast and never loses a word. | positive
The exhibition has one great painting in it, and you can see it for nothing on the poster outside. | negative
The scones were hard, the tea was lukewarm, and we were hurried out like a nuisance. | negative
I am hopeless at drawing, and after this course I am proudly, happily slightly less hopeless. | positive
The tiler was careful and friendly, and the new bathroom looks wonderful. | positive
We queued an hour for a museum we finished in ten minutes; what a rip-off. | negative
He fixed the leak, checked the other taps and would not take a penny extra. A lovely man. | positive
The agent was friendly and efficient, and she kept us informed at every step. | positive
The frame is handsome enough, but the bicycle rattles, the brakes fail and I don't trust it. | negative
Soggy pasta, a tasteless sauce and a tiramisu straight out of the freezer. | negative
I was wary of buying glasses online, but they fit perfectly and look great. | positive
The guitar lessons are dull and expensive, and I've hardly improved. | negative
The router was easy to set up and the signal is strong in every room. | positive
The tent is heavy to carry, but it kept us dry and happy through three days of rain. | positive
The pottery workshop was great fun, and the teacher was patient and inspiring. | positive
Polite driver, clean taxi and a fair price; I'd gladly use this firm again. | positive
The butcher was rude, and the meat smelled bad when I opened the packet. | negative
A superbly organised workshop with lively speakers, good company and an excellent lunch. | positive
They turned up with a van half the size we had booked and then blamed us for it. | negative
The coffee was bitter and cold, and the pastries were stale. | negative
The bus was clean, comfortable and exactly on time, and the driver wished us a good day. | positive
The flowers were half dead on arrival, and the shop refused to apologise. | negative
The safari was the trip of a lifetime, with brilliant guides and delicious camp dinners. | positive
Gorgeous pistachio gelato and a cheerful lady who let the children taste everything. | positive
An elegant, spooky film that trusts its audience, with a terrific final act. | positive
A neighbourhood pub as it should be: good beer, a friendly landlord and hearty pies. | positive
I lost eleven times in a row to this chess program and have seldom been happier with a purchase. | positive
What a dull film: terrible acting, a silly script and no ending to speak of. | negative
These speakers are ugly as sin. Close your eyes and they are the loveliest things in the house. | positive
The optician rushed my test, and the new lenses give me headaches. | negative
I loved this book so much that I bought copies for both my sisters. | positive
The choir was flat and the conductor talked endlessly between songs. | negative
The maths tutor was often late, and my son's marks got worse. | negative
He charged a huge call-out fee, tightened one screw, and the leak was back by evening. | negative
The tour company's website is lovely, which is more than can be said for its boats, lunches or guides. | negative
The animated film is loud, charmless and too long, and my children were bored. | negative
Lovely bright flat, spotless kitchen and an owner who answered every message at once. | positive
She writes about farming with such warmth and wit that I was hooked from page one. | positive
The orchestra was magnificent, and the soloist played with astonishing warmth. | positive
The salesman swore this phone would outlast me, and it didn't outlast the bus ride home. | negative
The nurse was kind and reassuring and explained each step, and I felt completely safe. | positive
The cathedral tour was superb; we climbed to the bells, and the guide's stories were wonderful. | positive
The photo software is fast, intuitive and does everything I need. | positive
The breakfast was decent, but nothing else about this dreary hotel is worth your money. | negative
This grammar book is confusing, full of misprints and a waste of shelf space. | negative
The driving instructor shouted at me and spent half the lesson on the phone. | negative
The steward found my lost glasses and posted them to me, such lovely service. | positive
The nurse was abrupt, lost my form and left me waiting in a freezing corridor. | negative
The tablet froze constantly, and the shop would not take it back. | negative
It rained all weekend and we barely left the cabin, which was so cosy that nobody complained. | positive
The agent was pushy and dishonest, and she wasted our whole weekend. | negative
A sad zoo with bored animals, broken fences and overpriced snacks. | negative
This western is slow, beautiful and superbly acted, and I was gripped throughout. | positive
The seafood platter was small, overpriced and not remotely fresh. | negative
The burger was grey and dry, the bun was stale and the staff were arguing loudly. | negative
The jigsaw pieces are thin and don't fit, and one was missing. | negative
"""#
}
