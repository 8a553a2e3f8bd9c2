// swift-format-ignore-file

extension Corpus {
  /// News sentences and the section they belong to.
  static let topic = #"""
Meteorologists have found that warmer air over the Arctic bends the jet stream southwards. | science
Carpenters are rebuilding the wooden temple with tools and joints from the eighth century. | culture
The senators debated for eleven hours before approving the treaty. | politics
Songbirds in noisy cities sing at a higher pitch than their cousins in the woods. | science
Teeth from a medieval cemetery contain the DNA of the plague bacterium. | science
The young violinist won the competition with a concerto by Sibelius. | culture
The peace talks resumed in Geneva with both delegations in separate rooms. | politics
The logistics firm bought ninety robots to sort parcels at its main depot. | business
The car rental company overestimated demand and is now selling 5,000 vehicles. | business
The government lost a vote on its housing bill when a dozen of its own members rebelled. | politics
The thriller's plot is thin, but the actors and the camera work are superb. | culture
The speaker suspended the sitting after a deputy poured a glass of water over a colleague. | politics
The series imagines a town in which nobody can lie, and its humour is delightfully dark. | culture
The triathlon was shortened after officials found the lake too cold for the swim. | sports
The owner of the town's last bookshop is selling up because she cannot meet the new rent. | business
The company's founder sold his remaining stake for 52 million dollars and left the board. | business
The city council declared an emergency over housing and froze the sale of public land. | politics
The two governments signed a treaty on fishing rights after seven years of negotiations. | politics
The president will address the nation tonight about the state of emergency. | politics
The law on assisted dying passed its final reading in the lower house. | politics
Retail sales fell in December because shoppers had done their buying in November's discounts. | business
The bakery began in a garage and now supplies bread to 300 shops across the county. | business
The mayor of Port Ellery will seek a third term despite calls for her to stand aside. | politics
Candidates clashed over pensions and migration in the last televised debate before polling day. | politics
The bank was fined 25 million pounds for overcharging small firms on their loans. | business
The book of fairy tales was illustrated by a painter best known for her seascapes. | culture
Archaeologists digging under a car park uncovered a bronze age burial with two gold rings. | science
Baseball's oldest active pitcher threw six scoreless innings on the night of his forty-third birthday. | sports
A vineyard that lost its whole crop to frost is turning to cider to pay its bills. | business
The king asked the leader of the largest party to try to form a government. | politics
The striker will miss the rest of the season after tearing a hamstring in training on Tuesday. | sports
The minister for the environment defended the ban on wood stoves in a stormy session. | politics
Last year's runners-up were knocked out in the first round by a team of part-timers. | sports
Table tennis champion Mei Sorano beat her own sister in the semi-final, four games to two. | sports
The musical about a stolen piano moves to a larger theatre in the autumn. | culture
The spacecraft swung past Venus to gain speed on its journey to Mercury. | science
Shipping firm Norline ordered four vessels that run on methanol. | business
The art school's graduates exhibit chairs, dresses and a tower of teapots. | culture
Archer Wen Liqiu hit the centre with her last three arrows to qualify for the world championships. | sports
Home builders bought fewer bricks in the first quarter, a sign that the market is cooling. | business
Bramley Park bowls club won the county trophy for the first time in its ninety-year history. | sports
Orienteers got lost in the same valley, and the title went to the only runner who trusted the compass. | sports
Observers doubt that the general will hand power to an elected government by June. | politics
The Ravens extended their unbeaten run to eleven games with a dull goalless draw at home. | sports
The treaty bans both armies from the mountain pass for ten years. | politics
Ocean temperatures hit a record in August, and the researchers expect stronger storms. | science
A tax on imported steel has raised costs for the country's makers of washing machines. | business
Weavers in the valley are teaching young people the old patterns of the bridal shawl. | culture
The satellite will measure how much carbon forests absorb from the air. | science
The translation of the ancient poem keeps its rhythm and reads like a song. | culture
The power firm will offer cheaper electricity at night to customers with smart meters. | business
Researchers found that the ageing of cells slows down in hibernating bears. | science
The district council will decide on Monday whether to allow a third mosque in the suburb. | politics
The nationalist party ended its support for the minority government, making an autumn election likely. | politics
The film festival opened on Friday with a silent comedy accompanied by a live orchestra. | culture
The theatre's new staging of the tragedy moves the action to a modern kitchen. | culture
Sales of electric bicycles overtook those of ordinary ones for the first time last year. | business
The architect's concrete church, once hated by its neighbours, is now a listed monument. | culture
Lizards on the storm-battered islands have evolved larger toe pads, a ten-year study shows. | science
Fans queued overnight for tickets to the final, which sold out in less than nine minutes. | sports
The tattoo artist's drawings hang beside old masters in the new exhibition. | culture
Voters in the canton approved a ban on billboards in a referendum. | politics
The genome of the giant salamander turned out to be ten times as long as ours. | science
The currency lost two per cent against the dollar after figures showed a slowing economy. | business
A narrow majority of voters rejected the new constitution. | politics
The health minister told parliament that waiting lists would fall by the spring. | politics
The fell runners climbed 900 metres in thick fog, and the winner was home in under an hour. | sports
A trial is testing whether a diabetes pill can also slow memory loss. | science
The gallery shows kites, lanterns and scrolls by masters of paper art. | culture
The federal court threw out a challenge to the voting districts drawn last year. | politics
The club captain will play her two-hundredth match on Friday against the team that released her at sixteen. | sports
The delivery firm will treat its couriers as employees, with holiday pay and sick leave. | business
Handball coach Miro Petek said his defence had been superb in the first half and asleep in the second. | sports
Consumer confidence improved in April, and retailers reported busier weekends. | business
The market's noodle cooks received an award for preserving a 200-year-old recipe. | culture
The party conference backed a motion to nationalise the water companies. | politics
The kayaker hit the last gate and lost the gold by the resulting two-second penalty. | sports
Physicists have built a clock that would lose less than a second in the age of the universe. | science
Postal ballots will be counted first, the electoral office announced. | politics
The insurer expects storm claims to cost it at least 70 million dollars. | business
Nuclear fusion lasted for eight minutes in the reactor, a new record for the laboratory. | science
The referee showed four red cards in a bad-tempered derby that ended one apiece. | sports
The team bus broke down on the motorway, but the players arrived in time and won by twelve points. | sports
The council chamber was evacuated when demonstrators set off a smoke alarm. | politics
The transfer window closed with the bottom club failing to sign a striker. | sports
The opera singer turned down Vienna to perform in her home town's amateur musical. | culture
The Labour candidate conceded defeat shortly after midnight and congratulated her rival. | politics
A mould found on a melon turned out to produce a powerful new antibiotic. | science
Bats navigate by the position of the setting sun, biologists have discovered. | science
The film's score uses only glass instruments and the sound of wind. | culture
A bruising scrum laid the foundation for the Stags' 24-9 victory at a windy Holm Road. | sports
An own goal in the opening minute set the tone for a miserable afternoon for the league leaders. | sports
The election observers reported that voting had been orderly except in two towns. | politics
The wool auction saw the highest prices since 2011, with buyers from four countries bidding. | business
The cheese festival begins as ever with a procession of decorated cows and yodelling choirs. | culture
The bridge's iron lions, cast by a pupil of Rodin, have returned after restoration. | culture
Sea levels along the coast have risen by nine centimetres since 1993, tide gauges show. | science
A fossil footprint shows that early humans walked across the salt flat beside giant sloths. | science
The library lends out ukuleles and has started a Sunday orchestra for beginners. | culture
The gingerbread moulds in the exhibition show soldiers, brides and mermaids. | culture
The village keeps up its custom of painting the doors blue before the summer feast. | culture
The government and the unions failed to agree on a reform of the labour law. | politics
A retired teacher has been elected mayor of a town where no one else wanted to stand. | politics
The comedy about a haunted laundrette sold out all its performances at the fringe festival. | culture
The climbing competition was decided on the final route, which only one athlete managed to top. | sports
The superconducting wire carried current without loss at a temperature higher than any before. | science
A teenager from a fishing village won the national surfing title in heavy waves at Cape Loren. | sports
The biography portrays the composer as a shy man who loved trains. | culture
Dumplings folded in the grandmother's way are at the heart of the new cookbook by Lin Zhao. | culture
A manuscript of the epic, thought lost in a fire, has turned up in a monastery's attic. | culture
The puppet theatre celebrates its centenary with a new version of Pinocchio. | culture
Epidemiologists traced the outbreak of fever to a single contaminated well. | science
A mural of dancing herons now covers the wall of the old cinema. | culture
The ice hockey league has suspended defenceman Karl Jutila for five games for a high stick. | sports
The justice minister wants to abolish short prison sentences for minor offences. | politics
A dry spring has halved the wheat harvest in the eastern plains, and flour prices are already rising. | business
Dairy farmers say they are selling milk for less than it costs to produce. | business
A court ruled that the law on public meetings violates the constitution. | politics
Seismologists have mapped a fault beneath the bay that nobody knew existed. | science
The potato crop is late, and chip makers are importing to keep their lines running. | business
Botanists have rediscovered an orchid that was thought to be extinct since 1904. | science
Apple growers cannot find enough pickers and fear that much of the crop will rot. | business
The deputy prime minister denied that he planned to challenge his leader before the election. | politics
The speed skater shaved a tenth off the track record and then did it again in the final. | sports
The enzyme breaks down nylon at low temperatures, which surprised the chemists who found it. | science
A tomato glut has pushed growers to sell their crop at the roadside for next to nothing. | business
The county council will ask residents whether they want a directly elected mayor. | politics
The band's drummer also painted the cover of the album. | culture
Five states voted against the resolution at the United Nations, and eleven abstained. | politics
Seeded twelfth, Hannah Bligh won the final in three sets and dropped to her knees on the clay. | sports
Lawmakers agreed to limit donations to parties to 5,000 dollars a year. | politics
The watchmaker's profits doubled on strong demand from customers in the Gulf. | business
Ten players tested positive for a stomach bug, forcing the hockey club to field its juniors. | sports
Doctors transplanted a pig kidney into a man, and it worked for eleven weeks. | science
A Danish investor has bought a third of the wind power firm for 90 million euros. | business
More than half of the region's small shops expect lower takings this winter, a survey found. | business
The goalkeeper's long clearance bounced once and sailed into the opposite net for the only goal of the game. | sports
The alliance invited three more countries to join at its summit in Lodz. | politics
Astronauts returned to Earth after six months in orbit with weaker bones but sharper reflexes. | science
The winger has been recalled to the national team after two years of injuries. | sports
Beach volleyball returns to the harbour this weekend with sixteen pairs chasing a place in the tour final. | sports
Paleontologists described a giant penguin that lived 60 million years ago and weighed as much as a man. | science
The auditors refused to sign the company's accounts, and trading in its shares was halted. | business
Deputies from the south threaten to vote against the budget unless a hospital is saved. | politics
A double by winger Sami Aalto sent the visiting fans home singing. | sports
A poetry reading in the cemetery attracted more than two hundred listeners by candlelight. | culture
The pop duo's new single borrows its melody from a hymn. | culture
The parish council voted to keep the speed limit at thirty after months of argument. | politics
The interior minister survived a vote of no confidence with the help of independents. | politics
Local elections in the valley were postponed because floods had damaged polling stations. | politics
Shares in the carmaker Velox fell nine per cent on Tuesday after it cut its profit forecast for the year. | business
The fishmonger's stall has been trading in the market square for a century and will now open a second branch. | business
Two rival ferry companies have cut fares to win passengers on the island route. | business
A broken chain cost the race favourite nearly two minutes at the foot of the final climb. | sports
The singer mixes desert blues with electronic beats on her third album. | culture
After thirty years as a groundsman, Bill Tanner prepared his last pitch for the county side this week. | sports
Talks to form a coalition collapsed after the Greens refused to support a new motorway. | politics
Weightlifter Aram Bedros lifted 221 kilograms in the clean and jerk to take the European title. | sports
The director cut an hour from the play and gave it a happy ending. | culture
The ballet ends with the dancers walking silently into the audience. | culture
The drug lowered blood pressure in most patients but caused dizziness in one in twenty. | science
Light pollution makes street trees keep their leaves three weeks longer, researchers measured. | science
The president vetoed the immigration bill and sent it back to the lower house. | politics
Borough councillors have voted themselves a pay rise of nine per cent, angering residents. | politics
Rebels and ministers shook hands on a power-sharing agreement in the capital. | politics
Chimpanzees use leaves as sponges, and young ones learn the trick from their mothers, observers report. | science
Researchers sequenced DNA from a 5,000-year-old piece of chewed birch tar. | science
The law requires ministers to record every meeting with lobbyists. | politics
The comet will pass closest to Earth on Thursday night and may be visible without binoculars. | science
The particle accelerator restarted yesterday after two years of repairs. | science
Visitors queue for hours to see the tapestry, on show for just six weeks. | culture
The cosmetics firm warned investors that its sales in the east would fall by a tenth. | business
The clothing brand will sell only online after closing its remaining high-street shops. | business
The spring carnival filled the streets with drummers, stilt walkers and giant paper fish. | culture
The novel's heroine runs a cinema in a town without electricity. | culture
The string quartet plays on instruments carved from a single maple tree. | culture
The toy shop expects a third of its annual revenue in the four weeks before Christmas. | business
The museum of toys acquired a doll's house with working lamps. | culture
The golfer birdied four of the last five holes to win the open by a single stroke. | sports
The festival of light will project paintings onto the cathedral's walls for three nights. | culture
Rugby's northern giants face a must-win match on Sunday if they are to reach the play-offs. | sports
The ministry withdrew its bill on data retention after criticism from judges and lawyers. | politics
A regional airline has grounded its fleet and asked its creditors for more time. | business
The group's annual meeting was dominated by complaints over the pay of its chief executive. | business
The high court judges ruled that the governor had exceeded his powers. | politics
Marta Oskarsen skied the fastest downhill of the season and now leads the World Cup standings by forty points. | sports
The biathlete missed just one target and overtook two rivals on the last lap to win. | sports
A petition with 80,000 signatures calls on deputies to scrap the new road toll. | politics
Geologists say the volcano's magma chamber is slowly filling again. | science
Skateboarder Lio Pinto, aged thirteen, won the street final with a flawless last run. | sports
The hammer thrower fouled his first two attempts and then produced the longest throw of the year. | sports
The airline reported a record profit despite higher fuel costs and a pilots' strike in July. | business
Bell ringers from four villages played a peal of three hours to honour their late teacher. | culture
Turnout in the regional election was the lowest since the war, at barely 38 per cent. | politics
The conservative party chose a former army officer as its candidate for president. | politics
The rapper surprised her fans with an acoustic album recorded in a barn. | culture
Quarterback Jed Malloy threw for four touchdowns as the Pioneers routed their rivals 38-10. | sports
The fossil of a feathered dinosaur no larger than a crow was found in a quarry by a schoolgirl. | science
The newly discovered moon of Uranus is only ten kilometres across. | science
Storytellers meet every full moon in the tea house to recite the tales of the fox. | culture
The committee heard evidence from the former spy chief behind closed doors. | politics
The exhibition of masks from the river villages runs at the museum until the end of August. | culture
Hurlers from the west won the provincial final by a point scored from the sideline. | sports
A tooth from a riverbank belonged to a rhinoceros that roamed here during the last ice age. | science
The supreme court ruled that the government must publish its legal advice on the treaty. | politics
The mayor cut short his holiday after the council voted to investigate his travel expenses. | politics
The lorry maker will build a battery plant beside its main factory and hire 800 workers. | business
The potter fires her bowls in a kiln dug into the hillside, as her ancestors did. | culture
Ski jumper Anton Vreeland soared 136 metres in the second round to win by a whisker. | sports
The radio play won an award for its use of whispers and street noises. | culture
Melting permafrost is releasing more methane than climate models predicted. | science
A nervous second half did not stop the underdogs from holding on for a famous cup upset. | sports
The vice-president will chair a commission on reforming the police. | politics
Stone tools found in a gravel bed are 200,000 years older than any others from the region. | science
The leader of the Farmers' Party refused to enter a coalition with the nationalists. | politics
The new microscope can film single molecules as they fold. | science
The cellist asked the audience not to clap between the movements. | culture
Physicists measured the mass of the particle with ten times the precision of earlier experiments. | science
The actress plays all eleven roles in the comedy, changing nothing but her hats. | culture
The glacier retreated by 120 metres in a single year, the fastest loss since measurements began. | science
A comic book about two bickering ghosts has become the surprise bestseller of the summer. | culture
The club's new training ground has three grass pitches, a gym and an indoor running track. | sports
The pianist played the sonata from memory and was called back for three encores. | culture
The town's youngest councillor, aged nineteen, has been chosen to chair the planning committee. | politics
Protesters marched to the assembly to demand the repeal of the emergency law. | politics
The vaccine against the tick-borne disease will now be tested on 5,000 adults. | science
The owners of a failed furniture store left 900 customers without their sofas or their deposits. | business
The poet laureate read verses about rain at the opening of the book fair. | culture
A fungus that kills frogs has reached the last island that was free of it. | science
The president's approval rating dropped to 29 per cent, the lowest of her term. | politics
The playoffs begin on Thursday, with the top-seeded Bears at home to the Mariners. | sports
A protein in tardigrades protects their cells from radiation, biologists explain. | science
The two presidents agreed to reopen the border crossing that has been closed since 2009. | politics
Microscopic plastic has been found in snow on a mountain nobody had climbed before. | science
The research ship lowered a camera into the deepest trench and filmed a snailfish at 8,000 metres. | science
Midfielder Tomas Reyl has signed a three-year contract with Ostmark FC after a loan spell at the club. | sports
Lightning strikes the summit so often that the rock there has turned to glass, geologists report. | science
Laser mapping revealed a network of ancient canals hidden under the jungle. | science
A skull found in a limestone cave may belong to an unknown branch of the human family. | science
Taxi drivers say an app's commission of thirty per cent leaves them with less than the minimum wage. | business
The essays deal with gardens, ghosts and the pleasures of reading in bed. | culture
The senator spoke for fourteen hours to delay a vote on the gun law. | politics
The party expelled a member who had voted with the opposition on the water bill. | politics
Mathematicians have proved a conjecture about prime numbers that had stood for ninety years. | science
Parliament's ethics committee will examine the gifts accepted by the defence minister. | politics
The new coach promised attacking football and delivered five goals in his first match. | sports
A film about two sisters who restore a carousel charmed the jury at the festival. | culture
Pottery fragments with traces of milk show that farmers kept cattle here 7,000 years ago. | science
Batters struggled on a green wicket, and only the captain passed fifty. | sports
The prime minister has called an early election for the second Sunday in October. | politics
The parasite makes infected ants climb to the top of grass stems at dusk. | science
A study of 40,000 patients links poor sleep in middle age to a higher risk of heart disease. | science
Elephants call one another by individual names, an analysis of their rumbles suggests. | science
The start-up delivers groceries by cargo bike and says it turned its first profit in June. | business
Gold hit a record price as nervous investors sold their bonds. | business
Stable hands celebrated after the outsider Copper Lane won the steeplechase at forty to one. | sports
The steel mill will restart one of its furnaces next month as orders from shipyards recover. | business
A new vaccine protected nine out of ten volunteers against the virus in a trial of 3,000 people. | science
Spiders detect electric fields and use them to float through the air. | science
Soprano Livia Corsetti cancelled her concert at the opera house because of a throat infection. | culture
The play, banned for decades, was finally performed in the town where it is set. | culture
Wild tomatoes on the dark lava slopes are evolving backwards, botanists suggest. | science
The chancellor promised lower taxes for pensioners in a speech to her party's conference. | politics
House prices in the capital fell for the fifth month in a row, according to the lender Home & Hearth. | business
Her second novel, set in a lighthouse during the war, has won the Penhallow Prize for fiction. | culture
Her resignation leaves the foreign ministry without a head three days before the summit. | politics
The foreign minister flew to the capital of the neighbouring state to calm a dispute over water. | politics
Visitors to the exhibition may touch the bronze statues with gloved hands. | culture
Hospital patients recovered sooner when their rooms had windows facing trees, researchers found. | science
The premier reshuffled her cabinet, moving the interior minister to education. | politics
The government plans to merge forty small municipalities, and their mayors are protesting. | politics
The champions paraded the trophy through the town on an open-top bus in front of ten thousand supporters. | sports
The venture fund lost most of its money on three failed scooter companies. | business
The council's leader lost her seat by nine votes after two recounts. | politics
The local athletics club is looking for volunteers to time races at the junior meeting in May. | sports
Parliament voted by 151 to 98 to raise the retirement age to sixty-six. | politics
Deputies shouted and banged their desks as the budget passed at three in the morning. | politics
Rainfall records kept by monks have helped climate researchers reconstruct six centuries of drought. | science
A small press has published the poet's letters to her sister. | culture
A documentary about the last letterpress printer received the audience award. | culture
Coral on the outer reef is recovering faster than expected after the bleaching of two summers ago. | science
The dance company performs barefoot on a stage covered with salt. | culture
Critics praised the play's dialogue but found the third act too long. | culture
The sculptor carved a whale from driftwood for the harbour's new art park. | culture
Residents packed the village hall to question councillors about the closure of the library. | politics
The photographer spent ten years portraying the women who dive for pearls. | culture
The darts player needed a double top to win and hit it with his last dart. | sports
The book traces the history of the waltz from village barns to imperial ballrooms. | culture
An activist shareholder is demanding three seats on the board of the chemicals group. | business
The singer's farewell concert ended with the audience humming the lullaby that made her famous. | culture
The theatre critic left at the interval and regretted it, she confessed in her column. | culture
The council wants to rename the square after the country's first woman deputy. | politics
Astronomers have detected water vapour in the atmosphere of a planet orbiting a dim red star. | science
The economy grew by 0.4 per cent in the third quarter, a little faster than analysts had forecast. | business
Sanctions against the military rulers will be extended for another year, the foreign minister announced. | politics
The defence minister told deputies that conscription would not return. | politics
The pole vaulter cleared 5.92 metres at the third attempt to win the indoor meeting. | sports
Early results give the governing coalition a lead of four points over the conservatives. | politics
Cyclist Bastien Roche attacked on the final climb and won the mountain stage alone. | sports
The summit ended without a joint statement because the leaders could not agree on sanctions. | politics
The league leaders have not conceded a goal at home since November. | sports
Engineers tested a rocket engine that burns methane and can be used again. | science
The novelist's diaries, to be published in May, are full of gossip about her fellow writers. | culture
New rules from the ministry would let asylum seekers work after three months. | politics
The department store's landlord has agreed to halve the rent until sales recover. | business
Fewer insects are visiting alpine flowers because the plants now bloom two weeks earlier. | science
The drug maker's shares soared after it raised its sales forecast. | business
Kestrel Bay's rowers won gold in the eights, finishing barely a canvas ahead of the defending champions. | sports
Adding crushed rock to fields removed carbon dioxide from the air, a four-year experiment confirmed. | science
Opposition leader Clara Venning accused the government of hiding the true cost of the rail project. | politics
Her serve deserted her in the second set, but the qualifier rallied to win the tie-break. | sports
The commission fined the party for failing to declare its donors. | politics
Oil prices slipped below seventy dollars a barrel as traders bet on weaker demand. | business
The stock exchange opened higher this morning, led by mining and energy firms. | business
The lender approved fewer loans to small firms in the second half of the year. | business
A blood test can detect three kinds of cancer before symptoms appear, a large study found. | science
The market for second-hand phones is growing faster than that for new ones, a consultancy reports. | business
The rally was won by a crew who drove the last stage with a cracked windscreen. | sports
The rover drilled into a Martian rock and found traces of organic molecules. | science
Water polo players trained in a borrowed school pool while their own was under repair, and still won the league. | sports
The crime writer kills off her famous detective in the final chapter of the new novel. | culture
The ruling party lost its majority when three deputies crossed the floor. | politics
The badminton pair saved five match points before taking the deciding game 24-22. | sports
Midway through the season, the Comets have already beaten their points total for last year. | sports
Scans of the mummy revealed that the priest had died of a tooth infection. | science
Mosquitoes bred in the laboratory to resist malaria were released on a small island. | science
Foreign ministers from nine countries met in Tallow to discuss a ceasefire. | politics
A retired bus driver has donated his collection of 3,000 jazz records to the public library. | culture
The town council rejected plans for a car park on the old cattle market by one vote. | politics
The space probe sent back its first pictures of the asteroid's cratered surface. | science
The long-distance swimmer gave up three miles from the shore because of jellyfish and strong currents. | sports
Property developer Lantern Homes has stopped work on two towers because buyers have disappeared. | business
The opposition demands that the prime minister publish his tax returns. | politics
The cinema in the old fire station shows only films from before 1960. | culture
Freight volumes on the canal rose for the first time in years as rail prices climbed. | business
Citizens will vote in May on whether to abolish the monarchy. | politics
The Falcons traded their star forward for two draft picks and a young goaltender. | sports
The hosts chased 287 with two balls to spare, thanks to a ninth-wicket stand of sixty. | sports
Researchers taught bees to roll tiny balls in exchange for sugar water. | science
The chocolate maker has shrunk its bars but kept the price, blaming costly cocoa. | business
A survey of managers shows most expect to hire fewer graduates this year. | business
Volleyball champions Sol de Levante lost in straight sets to a team promoted only last year. | sports
The documentary follows a brass band through its last year in a mining village. | culture
Ants rescue injured nestmates and treat their wounds, close-up filming has revealed. | science
Sonar images show a drowned forest on the seabed eight kilometres off the coast. | science
The company has appointed its finance director as chief executive, effective in September. | business
A lost symphony by a pupil of Haydn was performed for the first time in two centuries. | culture
Driver Enzo Carlotti took pole position in the wet and led the race from start to finish. | sports
The telescope on the high plateau captured a star being torn apart by a black hole. | science
Doctors have told the defender to rest for six weeks after a blow to the head during Sunday's game. | sports
The former president was cleared of abusing public funds by the high court. | politics
Radiocarbon dating shows the wooden circle was built in the spring of 2049 BC. | science
Villagers blocked the road to demand that the regional governor meet them. | politics
The stand-up comedian fills halls with stories about her father's fish shop. | culture
The new cabinet has eighteen members, six fewer than the last one. | politics
The company that runs the motorway services has been sold for the third time in six years. | business
Divers discovered Roman amphorae on a wreck lying 50 metres below the surface. | science
Swarms of tiny earthquakes have been recorded under the lake since Monday. | science
Women now hold more than half of the seats in the upper house. | politics
The games studio laid off a third of its staff two weeks after its biggest launch. | business
Olive oil has become so expensive that supermarkets are locking the bottles away. | business
Measurements of ancient pollen show that the desert was once covered with oak trees. | science
The home crowd roared as the young wrestler pinned the former world champion inside two minutes. | sports
The bobsleigh pilot blamed soft ice for a slow start that left her sled in ninth. | sports
Sending pulses of sound through crystals, the physicists stored information for almost an hour. | science
The president dissolved the assembly and named a caretaker cabinet. | politics
The restored fresco shows angels whose faces had been painted over by a zealous priest. | culture
The coach praised his bench after substitutes scored all three goals. | sports
A rare mutation protects carriers from high cholesterol, geneticists have discovered. | science
The aircraft builder delivered 61 jets last month, still short of its target. | business
The memoir describes a childhood in a travelling circus with warmth and wit. | culture
Fencer Oriane Dupleix won bronze with a last-second hit against the top seed. | sports
In the south, families still tell fortunes from melted lead on the last night of the year. | culture
The senate opened an inquiry into the award of contracts for school meals. | politics
The fishing fleet landed its biggest catch of herring in a decade, but prices at the dock collapsed. | business
A late try in the corner gave the visitors their first away win in fourteen months. | sports
The ruling allows same-sex couples to adopt from the first of January. | politics
Motorcycle rider Paolo Venn fractured a collarbone in practice but plans to race on Sunday. | sports
Mortgage lenders cut their rates again this week in a fight for new customers. | business
Swimmer Joana Vidal broke the national record in the 200 metres butterfly by more than half a second. | sports
Customs delays at the border are costing hauliers thousands of dollars a day. | business
Goalless after extra time, the quarter-final went to penalties, and the hosts missed their first three. | sports
The envoy carried a letter from the president proposing direct talks. | politics
The prime minister apologised in parliament for the treatment of orphans in state homes. | politics
Quantum computers solved a chemistry problem that had defeated ordinary machines, the researchers claim. | science
The exhibition brings together the painter's sketches of cats for the first time. | culture
The X-ray telescope found a ring of hot gas around the dead star. | science
Two junior ministers resigned on Thursday in protest at cuts to the health budget. | politics
The hurricane's eye shrank to eight kilometres, the smallest ever measured by aircraft. | science
Netball coach Tess Marlow wants more speed in the attack before the tour of the islands. | sports
Mice given the experimental drug regrew damaged nerve cells in the spine. | science
The seed vault received samples of 900 wild grasses from three continents. | science
Defending champion Lena Okafor crashed on the last bend and finished the cycling stage in fortieth place. | sports
Physicists believe that the faint signal could be the first direct trace of dark matter. | science
The horse refused at the water jump, ending the rider's hopes of an eventing medal. | sports
The upper house delayed the bill on surveillance for another six months. | politics
The governor pardoned forty-one prisoners on her last day in office. | politics
Twelve-year-old diver Noor Haddad scored a perfect ten from the high board at the junior championships. | sports
The troupe of acrobats tells the story of a shipwreck without a single word. | culture
The costume designer used curtains from the closed hotel for the musical's ball scene. | culture
Councillors approved a curfew on delivery lorries in the old town after a heated debate. | politics
Neutrinos from the sun were caught in a tank of water deep inside a mine. | science
Analysts at Marrow Bank advise clients to sell shares in luxury goods firms. | business
The masked dance of the bear drew crowds to the mountain village on the shortest day of the year. | culture
The mayor vetoed the council's decision to sell the town's forest. | politics
The eclipse will last four minutes and can be seen from the southern islands. | science
Lawmakers in the province passed a bill to protect the rights of gig workers. | politics
Credit card firm Paylane will charge merchants lower fees from January. | business
Ministers will no longer be allowed to take jobs with lobby groups for three years after leaving office. | politics
The constitutional court struck down a law that allowed police to search phones without a warrant. | politics
Sprinter Naledi Mokoena ran the 200 metres in 21.9 seconds, the fastest time in the world this year. | sports
The film lasts four hours, and not a minute of it is dull. | culture
Online retailer Packwell opened a warehouse in Brinsford that will employ 1,200 people. | business
Two sprinters were disqualified for false starts before the 100 metres final finally got under way. | sports
The band will play its final tour next spring, thirty years after its first album. | culture
The city museum will show forty portraits by the painter that have never left her family's house. | culture
The populist party doubled its share of the vote in the east, exit polls show. | politics
Both teams finished with ten players after a brawl near the touchline in the eightieth minute. | sports
Harwick Rovers came from two goals down to beat Pellam Town 3-2, with the winner arriving deep in stoppage time. | sports
The race director cancelled the downhill because gusts at the top gate made it unsafe for skiers. | sports
The actor wrote his memoirs in the dressing room between performances. | culture
The children's author illustrated her new picture book with pressed flowers. | culture
After a week of rain, the third day of the test match was abandoned without a ball being bowled. | sports
The mining company has suspended its dividend to pay for the clean-up of a flooded pit. | business
A cross-party committee recommended that the voting age be lowered to sixteen. | politics
A majority of deputies supports a ban on phones in schools. | politics
Researchers have built a battery from salt and iron that keeps its charge for months. | science
The guitarist wrote the songs during a winter alone on a boat. | culture
The yoghurt company will invest 30 million dollars in a factory near the dairy farms that supply it. | business
The under-19 side won all four of its group matches without conceding a goal. | sports
The probe's magnetometer suggests an ocean lies beneath the moon's icy crust. | science
The egg producer has switched its last battery barns to free range at a cost of five million dollars. | business
The orchestra's new conductor wants to play more music by living composers. | culture
The chess boxing evening drew a curious crowd, but the bout ended by knockout before a single piece was taken. | sports
The solar panel maker has won a contract to supply three large factories in the south. | business
Folk singers from the islands gathered for a weekend of ballads, fiddles and dancing. | culture
Bacteria living in hot springs could help break down old tyres, a laboratory study suggests. | science
Coffee growers in the highlands have formed a cooperative to sell directly to foreign roasters. | business
Bond yields climbed to a ten-year high after the auction drew few buyers. | business
The ceramics of the abbey are on display together with the monks' recipe books. | culture
Two young sisters have turned their grandmother's pickle recipe into a company with a turnover of two million. | business
Snooker's youngest finalist potted a break of 141 to level the match at eight frames all. | sports
The jazz trio recorded its album in one night in an empty church. | culture
The stained glass in the chapel was designed by a painter who had lost his sight in one eye. | culture
The palace's hall of mirrors can be visited again after restorers cleaned every pane. | culture
The airline and the airport settled their long dispute over landing fees on Friday. | business
The beef industry is counting on a new trade agreement to open markets in East Asia. | business
The coffee chain sold its overseas branches to concentrate on its home market. | business
Boxing's governing body has ordered a rematch after two judges scored the same round differently. | sports
The governor signed a bill that ends the death penalty in the state. | politics
The hedge fund bet against the retailer's shares and made a fortune when they collapsed. | business
The chief executive will step down in May after eleven years at the head of the insurance group. | business
The moon lander touched down near the south pole and began to analyse the soil. | science
Chemists produced ammonia at room temperature with a catalyst made of cheap metals. | science
Actor Piers Langdon returns to the stage after ten years in the role of Lear. | culture
The tannery cannot pay its suppliers and has been placed in the hands of administrators. | business
A hundred accordion players paraded over the bridge at the start of the music festival. | culture
The furniture maker is moving production from Asia back to its old plant in Dunmore. | business
The league has banned a linesman who admitted betting on matches he officiated. | sports
Diplomats from both sides have been expelled in a growing row over spying. | politics
The girls' relay quartet from Tollgate School beat senior clubs to win the regional cross-country. | sports
The house by the modernist architect opens to visitors with its original furniture. | culture
Container rates between the two continents have tripled because of a shortage of ships. | business
Campaign posters must be removed within a week of the vote, the council reminded the parties. | politics
The director shot the whole film in black and white with a cast of amateurs. | culture
The marathon runners set off before dawn to escape the heat, and both course records fell by mid-morning. | sports
The implant lets a paralysed woman move a cursor with her thoughts. | science
The central bank left interest rates unchanged but warned that inflation could return in the autumn. | business
The experiment aboard the space station grew lettuce under violet light. | science
The education minister announced that school fees would be abolished from next year. | politics
The museum returned a carved throne to the kingdom from which it was taken in 1897. | culture
Pension funds are buying farmland at a pace that worries young farmers. | business
The veteran goalkeeper saved two penalties on Saturday to send his side into the semi-final of the cup. | sports
The country's largest bank will hire 900 software engineers over the next two years. | business
Biologists found a species of blind fish in a flooded cave in the western mountains. | science
A photo finish was needed to separate the first two horses in the Amberly Stakes. | sports
A family firm that has made umbrellas since 1871 has filed for bankruptcy. | business
The opera house reopened after four years with a gala of arias and a new chandelier. | culture
The job fair attracted 60 employers and more than 2,000 people looking for work. | business
Crossing the line with one shoe, the steeplechaser still finished second. | sports
Surgeons used a robot to repair a heart valve without opening the chest. | science
Engineers at the laboratory cooled a cloud of atoms to a billionth of a degree above absolute zero. | science
The budget hotel chain plans to double its number of rooms by borrowing 200 million euros. | business
The women's football league will expand to fourteen clubs next autumn, with three relegation places. | sports
A strike by dock workers has left forty container ships waiting outside the port. | business
The street of lantern makers is famous for its autumn festival of shadows. | culture
Relegated last spring, Tarn United now sit top of the second division with six games to play. | sports
The observatory recorded a burst of radio waves from a galaxy three billion light years away. | science
The supermarket chain will close fourteen stores and cut about 600 jobs by the end of March. | business
The city's deputy mayor quit after a quarrel over bus lanes. | politics
A paper mill that stood idle for a decade will reopen to make cardboard boxes. | business
Volunteers counted 30 per cent fewer butterflies this summer than in the year before. | science
Supporters booed the team off at half-time and cheered them at the end of a 4-3 win. | sports
Coach Dana Whitlow has named three uncapped players in her squad for the qualifying matches in June. | sports
The world number one lost her opening match on grass for the second year in a row. | sports
The lake's oxygen level has dropped so far that trout can no longer breathe near the bottom. | science
A statue of the singer, microphone in hand, was unveiled outside the dance hall where she began. | culture
The verse novel about a beekeeper has been shortlisted for the country's main literary prize. | culture
The phone company's new owner plans to cut costs by sharing masts with competitors. | business
The film's director learned the dialect in order to work with shepherds as actors. | culture
A shortage of computer chips has forced two carmakers to halt production for a week. | business
The gallery has hung its paintings by colour instead of by date, and visitors are delighted. | culture
Lacrosse has never drawn such a crowd here: more than four thousand watched the final under floodlights. | sports
The hole in the ozone layer was the smallest for thirty years, satellite measurements show. | science
Cooks in the village still bake the saint's day bread in a shared oven built in 1740. | culture
The defender scored twice from corners, doubling his tally for the whole of his career. | sports
The sugar refinery will close after the harvest, ending 140 jobs in the valley. | business
Judo champion Aiko Tanabe announced that she will retire after the summer games. | sports
The cleaning company grew from two employees to four hundred by serving offices at night. | business
People who learned a second language as adults showed more connections between brain regions. | science
Wages grew faster than prices in the second quarter, giving shoppers a little more to spend. | business
Torrential rain turned the pitch into a bog, and the referee called off the match at half-time. | sports
Heavyweight Dominic Sale knocked out his challenger in the third round to keep his boxing belt. | sports
The para-athlete threw the discus beyond fifty metres to win her third consecutive championship. | sports
The opposition accused ministers of buying votes with promises of new roads. | politics
The textile company blamed cheap imports for its first annual loss in thirty years. | business
Antibiotic-resistant bacteria are spreading in rivers below sewage works, researchers warn. | science
Brewer Halden & Sons has agreed to buy its smaller rival for 340 million crowns. | business
The bank's branch on the square will shut in June, leaving the town without a cash counter. | business
The electoral commission ordered a recount in two districts where ballot boxes had gone missing. | politics
The hotel group reported fewer bookings for the summer and lowered its sales target. | business
The ambassador was summoned to explain remarks about the disputed border. | politics
The software firm offered its staff shares instead of a bonus this year. | business
Copper climbed to a five-month high on reports of a strike at a large mine. | business
A cooperative of 300 rice farmers bought its own mill and cut out the middlemen. | business
The sailing crew lost its mast on day four of the round-the-island race and had to be towed to port. | sports
A young director has turned the ghost story into an opera for four voices and tape. | culture
The grain trader made its largest profit in history from volatile markets. | business
Excavations at the hill fort brought to light an iron smelting furnace and hundreds of animal bones. | science
Gymnast Priya Nandan landed a vault that no woman had attempted before in competition and took the silver medal. | sports
Octopuses appear to dream, judging by the changing colours of their skin during sleep. | science
Honey producers are calling for clearer labels because cheap blends undercut their prices. | business
The first test of the artificial pancreas kept blood sugar steady for a month. | science
The opposition walked out of the chamber when the speaker refused a debate on the scandal. | politics
A last-ball six won the match and sent the bench running onto the field. | sports
A team of chemists has made a plastic that dissolves in seawater within a month. | science
Trials of the malaria vaccine in infants showed strong protection for at least two years. | science
The architects have turned the old grain silo into a concert hall with a glass roof. | culture
Workers at the tyre factory voted to accept a four per cent pay rise and ended their walkout. | business
The solar storm lit up the night sky and disturbed compasses for several hours. | science
Wheelchair racer Colm Brady won his sixth city marathon in a sprint along the harbour. | sports
The wooden houses of the painters' colony have been restored with lime and linseed oil. | culture
The government has withdrawn its ambassador in protest at the arrest of a journalist. | politics
Teenager Ilya Brandt reached the last sixteen of the tennis tournament after his opponent retired with a wrist injury. | sports
The harpist improvises to silent films every Thursday at the old picture house. | culture
The animated film about a lonely snowplough won the prize for best short. | culture
Figure skater Danil Orlov fell twice in the free programme but still held on to third place. | sports
The squash league begins its winter season next week with ten teams instead of eight. | sports
Infants as young as six months can tell happy voices from sad ones, brain recordings show. | science
A new law will give tenants the right to stay in their homes for at least five years. | politics
The glassmaker has put its 240 workers on a three-day week to save gas. | business
The manager was sacked on Monday morning after a run of nine league games without a win. | sports
A choir of dockers revived the work songs of the harbour for a concert on Saturday. | culture
Two stars in the constellation will merge within a century, astronomers calculate. | science
A spin bowler from the second eleven took seven wickets on his debut as the hosts collapsed to 112 all out. | sports
The choir's recording of medieval carols has entered the charts for the first time. | culture
The shipyard won an order for six ferries worth 410 million dollars, securing work until the end of the decade. | business
The television drama about a family of bakers ended last night after nine seasons. | culture
Whales change their songs when ships pass overhead, recordings from the seabed show. | science
The finance minister presented a budget with higher taxes on petrol and tobacco. | politics
Tree rings from old beams reveal a volcanic winter in the sixth century. | science
Children who grew up with dogs had fewer allergies, a twenty-year study of families reports. | science
The drama school is staging a forgotten comedy from the age of Moliere. | culture
The electronics group will split into two listed companies next year. | business
Curling skip Elsa Nygaard placed her final stone perfectly to steal the match from the hosts. | sports
The Social Democrats picked Ines Halloran to lead them into the next election. | politics
Divers tagged forty sharks to find out where the animals give birth. | science
Exports of timber rose by a fifth last quarter, helped by a weak currency. | business
The start-up has raised twelve million dollars from investors to build cheaper electric vans. | business
Fertiliser costs have risen by half since the winter, and many farmers are planting less maize. | business
The island's assembly voted for independence, but the mainland government says the vote is void. | politics
Marine biologists filmed a giant squid attacking a bait at a depth of 700 metres. | science
Investors welcomed the merger, sending shares in both telephone companies up by more than six per cent. | business
The railway operator plans to lease forty new trains instead of buying them. | business
In a thrilling overtime finish, the Northport Wolves sank a three-pointer on the buzzer to win the basketball title. | sports
Factory output shrank slightly in October, the third monthly decline in a row. | business
The women's relay team dropped the baton on the second exchange and failed to reach the final. | sports
The fashion museum displays wedding dresses sewn from parachute silk. | culture
Crows can count aloud up to four, according to an experiment with three trained birds. | science
The separatists won eleven of the sixteen seats on the island council. | politics
The captain blamed tired legs for the defeat, her team's third in eight days. | sports
Readers voted the short story collection their favourite book of the year. | culture
The toy company recalled 80,000 dolls after finding that a small part could come loose. | business
A chef in the old quarter revives court recipes with rosewater and pigeon. | culture
A gene therapy restored partial sight to four patients who had been blind since birth. | science
Unemployment dropped to its lowest level in six years as hotels and builders took on staff. | business
Polls suggest that the Liberals could win the by-election in Marsh Hill for the first time in forty years. | politics
Genetic analysis suggests that the island's foxes arrived with seafarers 6,000 years ago. | science
The country's trade deficit widened in May as imports of machinery jumped. | business
The pharmacy chain has outbid two rivals for a wholesaler with 70 depots. | business
The novel is told by a parrot and is far funnier than it sounds, our critic writes. | culture
The national library put 6,000 old theatre posters on display for its anniversary. | culture
Ice cores drilled from the glacier show that temperatures rose sharply about 11,000 years ago. | science
Cement maker Grano said higher energy costs would force it to raise prices by eight per cent. | business
A novel written entirely in letters has been adapted for the stage by two young directors. | culture
The meteorite that landed in a barn contains minerals older than the solar system. | science
Independent candidate Rolf Amsel beat the sitting mayor by 212 votes. | politics
Rain and bad light left the final finely balanced, with 44 runs needed and three wickets in hand. | sports
The composer set fishermen's prayers to music for choir and harp. | culture
The decathlete leads by sixty points after the first day, with the hurdles and javelin still to come. | sports
"""#
}
