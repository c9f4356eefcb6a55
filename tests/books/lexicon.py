"""Dutch words for the generated books, in lists of our own, frequent words first.

In: nothing. Out: stems as text, which `inflection` reads.

Notation: `/` gives the plural or the form in -e that no rule gives (`/-`: there is none); `=` past
tense, participle and present stem; `+` a verb that takes zijn; `.` ends a separable particle; `:`
comes before the preposition a verb asks for.
"""

from __future__ import annotations

NOUNS = {  # kind: (de-words, het-words)
    "person": (
        """man vrouw moeder vader vriend jongen arbeider buurvrouw broer/broers zus dokter
        leraar/leraren schrijver dochter zoon/zoons soldaat boer buurman/buurmannen voorzitter
        burgemeester gast schipper bakker meester leerling visser drukker zetter journalist student
        oom/ooms tante spreker getuige/getuigen knecht klerk smid/smeden winkelier/winkeliers
        verpleegster onderwijzer koopman/kooplieden schilder redacteur/redacteurs kameraad koning
        wever secretaris advocaat kapitein/kapiteins matroos slager bode/boden lezer werkster
        naaister metselaar kleermaker tuinman/tuinlieden minister ambtenaar/ambtenaren
        herbergier/herbergiers kok vreemdeling reiziger wethouder kunstenaar bewaker
        portier/portiers rechter dichter molenaar stuurman/stuurlieden loodgieter vluchteling neef
        nicht bezoeker opzichter penningmeester dienstbode/dienstboden opa oma collega
        typograaf/typografen bibliothecaris handelaar monnik eigenaar huurder staker toehoorder
        vertaler uitgever dominee/dominees pastoor/pastoors wees notaris veerman/veerlieden
        boswachter zangeres/zangeressen machinist bestuurder inspecteur/inspecteurs
        gevangene/gevangenen conciërge patiënt liefhebber verkoper""",
        "kind/kinderen meisje lid/leden slachtoffer bestuurslid/bestuursleden raadslid/raadsleden",
    ),
    "group": (
        """vereniging partij regering gemeente/gemeenten vakbond familie raad commissie redactie
        beweging directie meerderheid/meerderheden krant afdeling bond fabriek werkgroep delegatie
        organisatie bevolking maatschappij coöperatie""",
        "bestuur comité gezin volk/volkeren leger bedrijf gezelschap parlement koor",
    ),
    "thing": (
        """deur tafel brief stoel hand lamp fiets jas boot fles hoed trein tas foto spiegel klok
        sleutel emmer pen kaart koffer wagen kist ketel kaars pijp pet schaal pan hamer ladder mand
        doos ton viool piano radio envelop/enveloppen bel trommel vlag schop schaar naald steen muts
        sjaal/sjaals knoop deken kruik schotel lepel vork kachel machine pers letter affiche
        brochure paraplu camera auto tram/trams kar kruiwagen bezem borstel bril ring ketting munt
        kast orchidee/orchideeën ideeënbus/ideeënbussen""",
        """boek raam papier glas/glazen bed schip/schepen mes touw blad/bladen schilderij schrift
        kleed kussen anker zeil net hek horloge potlood gordijn tapijt beeld album dagboek
        pamflet/pamfletten rapport document kanon/kanonnen wiel vat/vaten instrument apparaat
        register laken bord""",
    ),
    "place": (
        """stad/steden straat kamer keuken tuin fabriek school/scholen markt brug haven winkel kerk
        gang zaal zolder kelder werf zee/zeeën rivier gracht polder kade hoek trap boerderij herberg
        gevangenis wijk stal schuur oever dijk berg vallei duin steeg drukkerij bibliotheek vlakte
        wachtkamer werkplaats binnenplaats hoofdstad/hoofdsteden toren veranda studeerkamer sluis
        vergaderzaal slaapkamer hal molen akker weide/weiden spoorweg/spoorwegen buurt
        voorstad/voorsteden provincie""",
        """huis dorp plein station/stations veld bos kantoor eiland strand gebouw park ziekenhuis
        theater café raadhuis kanaal balkon/balkons dak/daken pad/paden atelier/ateliers archief
        museum magazijn hotel/hotels perron/perrons land kerkhof/kerkhoven landschap lokaal
        moeras/moerassen""",
    ),
    "idea": (
        """vraag tijd dag/dagen zaak kans oorlog weg/wegen reden/redenen vrijheid macht
        gedachte/gedachten waarheid angst hoop/- staking toekomst/- liefde verandering
        verantwoordelijkheid vergadering geschiedenis strijd/- wet herinnering droom stilte
        oplossing beslissing betekenis mening ervaring opvatting vriendschap verwachting afspraak
        belofte/beloften werkelijkheid/- ontwikkeling voorwaarde/voorwaarden samenwerking
        onzekerheid gewoonte/gewoonten onderneming moeilijkheid overeenkomst prijs gelegenheid
        grens/grenzen eis/eisen les toespraak nederlaag regel overwinning opstand wetenschap
        stroming verdediging gebeurtenis aandacht/- twijfel schuld rust/- plicht belangstelling/-
        tegenstelling vooruitgang/- uitspraak verhouding verklaring mogelijkheid eenzaamheid/-
        rechtvaardigheid/- gelijkheid/- teleurstelling armoede/- onrust/- verwarring
        bijdrage/bijdragen aankondiging schaamte/- uitkomst actie wandeling uitgave/uitgaven""",
        """leven werk verhaal woord probleem besluit geluk/- gevoel/gevoelens recht verschil gesprek
        plan bericht antwoord geheim voorbeeld belang verzet/- gevaar verdriet/- loon doel
        onderwijs/- gebrek/gebreken begin/- einde/- verlies voorstel/voorstellen geloof/- verlangen
        vertrouwen/- feit onderzoek programma beleid/- standpunt bewijs verleden/- geweld/- bezwaar
        oordeel begrip gezag/- socialisme/- bezit/- kapitaal ongeluk/ongelukken misverstand toeval/-
        congres/congressen conflict gebruik resultaat bestaan/- stelsel vonnis geweten/-
        artikel/artikelen karakter gezichtspunt onrecht/- zwijgen/- tijdperk vermoeden protest
        uur/uren""",
    ),
    "mass": (  # without a plural
        """koffie thee soep wijn melk regen wind mist rook geur sneeuw zon lucht inkt modder tabak
        kou schemering wol hitte suiker boter lijm olie""",
        """licht brood geld water hout stof ijzer zand gras goud bier donker vlees meel zout linnen
        leer katoen lood lawaai graan""",
    ),
    "trema": (  # drawn on purpose, so that a page has enough of them
        """zee/zeeën knie/knieën reünie industrie/industrieën theorie/theorieën melodie/melodieën
        categorie/categorieën kopie/kopieën fantasie/fantasieën strategie/strategieën ruïne
        coördinatie/- kolonie/koloniën ideologie/ideologieën sympathie/sympathieën
        encyclopedie/encyclopedieën""",
        "idee/ideeën mozaïek dieet/diëten ingrediënt egoïsme/- heroïsme/-",
    ),
    "hyphen": (  # likewise: a hyphen that is spelled (Leidraad 6.1 to 6.9)
        """oud-leerling zee-egel/zee-egels massa-actie/massa-acties auto-industrie/auto-industrieën
        radio-uitzending oud-voorzitter mede-eigenaar/mede-eigenaars
        politie-inspecteur/politie-inspecteurs ex-soldaat foto-expositie oud-minister oud-strijder
        zee-eend niet-roker zwart-witfoto oud-burgemeester ex-gevangene/ex-gevangenen 1-meiviering
        media-aandacht/- thee-export/-""",
        """auto-ongeluk/auto-ongelukken radio-interview/radio-interviews oud-lid/oud-leden
        studie-uur oud-bestuurslid/oud-bestuursleden""",
    ),
}

COMPOUNDS = (  # (first parts with their linking letters, heads)
    (
        """arbeiders volks burger partij staats gemeente stads dorps regerings verenigings fabrieks
        stakings vrijheids vredes oorlogs handels landbouw onderwijs bevolkings bestuurs verkiezings
        vakbonds wetenschaps bedrijfs werklozen vrouwen jongeren studenten boeren soldaten spoorweg
        haven mijnwerkers familie politie zee jeugd""",
        """vereniging beweging vergadering commissie partij staking organisatie strijd belang
        geschiedenis kapitaal onderwijs afdeling actie recht probleem leven macht bestuur gevaar
        leraar voorzitter overeenkomst verklaring vraag plicht secretaris ambtenaar voorstel
        congres ontwikkeling register opstand herinnering verhouding onderzoek""",
    ),
    (
        """zomer winter avond nacht regen zee water tuin keuken slaap straat kerk kelder haven
        rivier berg bos ochtend herfst voorjaars hout ijzer gevangenis zolder polder grens dorps
        stads markt fabrieks ziekenhuis school herberg kantoor bibliotheek museum""",
        """deur lamp straat kamer huis gebouw lucht wind licht raam tafel klok tuin gang trap plein
        hoek bewaker eiland landschap stilte oever opzichter sleutel gordijn wijk zaal bezoeker
        wandeling uur""",
    ),
    (
        """boeken kranten school taal muziek kunst toneel brieven papier letter foto radio familie
        kinder moeder jeugd liefdes levens avonturen reis volks geschiedenis wetenschaps auto thee
        onderwijzers schrijvers drukkers uitgevers schilders huwelijks""",
        """kast winkel verhaal blad programma album archief schrijver handelaar schrift artikel
        papier koffer geheim droom machine uitgever liefhebber herinnering atelier ervaring verkoper
        gebruik register affiche vereniging uitgave""",
    ),
)
ADJECTIVES = {
    "person": """oud jong arm trots streng rijk vriendelijk eenzaam dapper koppig zwijgzaam boos
        eerlijk vermoeid verlegen bezorgd beroemd onbekend trouw slim lang mager nieuwsgierig
        geduldig bleek zenuwachtig vastberaden ernstig zorgvuldig voorzichtig jaloers ongeduldig
        welgesteld wijs doof opgewekt wantrouwig teleurgesteld plechtig onverschillig verontwaardigd
        goedhartig dronken blind naïef/naïeve werkloos gewond kalm grijs""",
    "thing": """oud klein groot zwaar nieuw zwart wit rood houten leeg smal breed hoog laag koud
        warm nat droog vuil schoon dun dik rond zacht hard scherp duur goedkoop gebroken versleten
        stoffig blauw groen geel grijs bruin glanzend ijzeren zilveren koperen roestig los open
        gesloten vergeten los verroest vierkant kostbaar zeldzaam vochtig donker
        zwart-wit/zwart-witte verbleekt half""",
    "place": """oud klein groot stil donker smal breed hoog leeg nieuw koud verlaten druk vreemd
        rustig lang nat modderig besneeuwd afgelegen duister ruim mistig kaal groen verwaarloosd
        uitgestrekt welvarend vervallen onbewoond levendig zonnig dichtbevolkt""",
    "idea": """groot nieuw belangrijk oud diep nodig zwaar goed slecht vreemd ernstig onverwacht
        gemeenschappelijk maatschappelijk politiek eenvoudig langdurig noodzakelijk moeilijk
        werkelijk persoonlijk historisch algemeen economisch plotseling/plotselinge duidelijk kort
        onmogelijk redelijk rechtvaardig openbaar geheim hevig onzeker bitter zuiver vast zinloos
        dwaas onvermijdelijk verschrikkelijk onvergetelijk democratisch wetenschappelijk vreedzaam
        officieel internationaal voorlopig""",
}
ADJECTIVES["mass"] = "koud warm goed donker zacht vers scherp grijs dik nat wit zwaar goedkoop dun"
ADJECTIVES["group"] = ADJECTIVES["idea"]

VERBS = {
    "thing": """zien=zag,gezien,zie lezen=las,gelezen pakken kopen=kocht,gekocht
        vinden=vond,gevonden dragen=droeg,gedragen schrijven=schreef,geschreven maken
        zoeken=zocht,gezocht openen bewaren bekijken=bekeek,bekeken verkopen=verkocht,verkocht
        brengen=bracht,gebracht vullen tekenen gebruiken sluiten=sloot,gesloten schilderen
        verbranden op.pakken mee.nemen neer.leggen drukken achter.laten terug.vinden aan.raken
        weg.gooien op.bergen uit.lenen in.pakken klaar.zetten voor.lezen op.tillen dicht.slaan
        aan.steken door.geven kopiëren=kopieerde,gekopieerd,kopieer poetsen herstellen verstoppen
        verplaatsen weg.brengen aan.bieden""",
    "idea": """begrijpen=begreep,begrepen bespreken=besprak,besproken kennen verdedigen noemen
        vergeten=vergat,vergeten verliezen=verloor,verloren beschrijven=beschreef,beschreven
        uit.leggen voor.bereiden steunen verdienen bewijzen=bewees,bewezen accepteren
        verwerpen=verwierp,verworpen aan.kondigen onderzoeken=onderzocht,onderzocht organiseren
        beïnvloeden af.wijzen aan.nemen op.lossen uit.stellen vast.stellen toe.geven
        aanvaarden=aanvaardde,aanvaard herhalen weigeren overwegen=overwoog,overwogen bestuderen
        vrezen betreuren bewonderen veranderen ontdekken vermijden=vermeed,vermeden bereiken
        bestrijden=bestreed,bestreden af.keuren in.zien mee.delen bepalen weer.geven versterken
        bevestigen publiceren beëindigen eisen creëren=creëerde,gecreëerd,creëer""",
    "person": """kennen helpen=hielp,geholpen volgen groeten troosten roepen=riep,geroepen ontmoeten
        waarschuwen overtuigen=overtuigde,overtuigd herkennen bedanken aan.kijken op.zoeken
        uit.nodigen verrassen toe.spreken tegen.komen+ op.bellen aan.moedigen gerust.stellen
        vertrouwen bewonderen steunen teleur.stellen beledigen bezoeken=bezocht,bezocht
        interviewen=interviewde,geïnterviewd,interview""",
    "prep": """wachten:op denken=dacht,gedacht:aan kijken=keek,gekeken:naar luisteren:naar
        praten:over vragen=vroeg,gevraagd:naar spreken=sprak,gesproken:over
        lachen=lachte,gelachen:om werken:aan twijfelen:aan vechten=vocht,gevochten:voor
        strijden=streed,gestreden:voor geloven:in zorgen:voor verlangen:naar
        lijden=leed,geleden:onder rekenen:op hopen:op deel.nemen:aan mee.werken:aan
        kiezen=koos,gekozen:voor houden=hield,gehouden:van genieten=genoot,genoten:van klagen:over
        schrikken+=schrok,geschrokken:van protesteren:tegen stemmen:voor antwoorden:op reageren:op
        na.denken:over op.houden:met door.gaan+:met beginnen+=begon,begonnen:aan in.stemmen:met""",
    "alone": """zwijgen=zweeg,gezwegen slapen=sliep,geslapen lachen=lachte,gelachen huilen werken
        wachten zitten=zat,gezeten staan=stond,gestaan,sta knikken zuchten aarzelen
        zingen=zong,gezongen dansen fluisteren rusten leven wandelen eten=at,gegeten
        drinken=dronk,gedronken dromen roken op.staan+ blijven+=bleef,gebleven in.slapen+ uit.rusten
        door.werken vergaderen luisteren schrijven staken protesteren wonen thuis.komen+""",
    "motion": """gaan+=ging,gegaan,ga lopen+=liep,gelopen komen+=kwam,gekomen,kom
        rijden+=reed,gereden fietsen+ vertrekken+=vertrok,vertrokken reizen+ varen+=voer,gevaren
        rennen+ terug.keren+ vluchten+ trekken+=trok,getrokken verhuizen+ wandelen+
        sluipen+=sloop,geslopen terug.gaan+ mee.lopen+""",
    "clause": """zeggen=zei/zeiden,gezegd weten=wist,geweten denken geloven begrijpen horen merken
        vertellen vermoeden=vermoedde,vermoed hopen vrezen beweren vinden voelen zien beseffen
        ontdekken toe.geven beloven verwachten op.merken vol.houden schrijven uit.leggen mee.delen
        vast.stellen""",
    "infinitive": "proberen weigeren besluiten=besloot,besloten beloven durven hopen wensen",
    "reflexive": """herinneren vergissen:in verbazen:over voor.stellen verzetten:tegen bemoeien:met
        haasten ergeren:aan schamen:voor verheugen:op aan.sluiten:bij voor.bereiden:op oriënteren:op
        schikken:in""",
    "still": """liggen=lag,gelegen staan hangen=hing,gehangen branden verdwijnen+=verdween,verdwenen
        vallen+=viel,gevallen glanzen blijven kraken bewegen=bewoog,bewogen""",
    "happen": """leiden:tot ontstaan+=ontstond,ontstaan,ontsta:uit groeien+ duren
        bestaan=bestond,bestaan,besta:uit horen:bij wijzen=wees,gewezen:op volgen:op eindigen:in
        behoren:tot verdwijnen veranderen+ dienen:als variëren=varieerde,gevarieerd,varieer""",
    "base": """nemen=nam,genomen geven=gaf,gegeven laten=liet,gelaten gooien bergen=borg,geborgen
        lenen zetten leggen tillen slaan=sloeg,geslagen,sla steken=stak,gestoken bieden=bood,geboden
        bereiden kondigen lossen stellen delen keuren nodigen bellen moedigen keren merken raken""",
}

FUNCTION = {
    "names": """Anna Jan Marie Hendrik Klaas Johanna Pieter Geertje Willem Truus Dirk Gerrit Lotte
        Sander René Hélène Teun Jannetje Daniël""",
    "towns": """Amsterdam Rotterdam Gent Utrecht Antwerpen Noord-Holland Brussel Groningen
        Zuid-Limburg Oost-Vlaanderen Leiden Zaandam Haarlem 's-Hertogenbosch West-Friesland
        Dordrecht België""",
    "manner": """niet langzaam niet zachtjes niet plotseling haastig rustig zwijgend opnieuw
        voorzichtig altijd samen bijna nauwelijks alleen eindelijk zorgvuldig tevergeefs
        onmiddellijk voortdurend aandachtig steeds terloops stiekem hardop onopgemerkt zelf""",
    "superlative": """eerste laatste grootste oudste beste belangrijkste kleinste jongste vreemdste
        zwaarste enige volgende hoogste diepste""",
    "particle": "ook nog al toch wel dan weer nu immers echter juist zelfs",
    "link": """toen daarna misschien nu later eigenlijk soms natuurlijk daarom toch bovendien
        intussen vaak eindelijk gelukkig onlangs inmiddels dan ook uiteindelijk vroeger vandaag
        vervolgens""",
    "number": """twee drie vier vijf zes tien acht zeven negen twaalf twintig dertig elf veertien
        vijftig honderd tweeëntwintig drieëndertig veertig zestien tweehonderd tweeënveertig""",
    "month": """januari februari maart april mei juni juli augustus september oktober november
        december""",
}

PHRASES = {  # set apart by bars
    "time": """'s avonds | 's nachts | die avond | 's morgens | de volgende dag | een week later |
        na het eten | vóór de oorlog | tegen zeven uur | al jaren | na drie weken | sinds gisteren |
        's zondags | om half negen | in het voorjaar | om één uur | na vieren | in die dagen | aan
        het einde van de middag | 's winters | op een ochtend | in zo'n winter | een uur lang | vlak
        voor de zomer | tot diep in de nacht | in de loop van het jaar | bij het eerste licht | op
        zo'n avond""",
    "aside": """en dat was niets nieuws | zo zei men | al wist niemand waarom | het was weer zo'n
        dag | vroeg of laat | hoe dan ook | zo ging het altijd | met of zonder reden | dat sprak
        vanzelf | en niet voor het eerst | zoals dat heette | voor wie het wilde horen""",
    "short": """Nee. | Ja, natuurlijk. | Dat weet ik niet. | Wat bedoel je? | 't Is goed. | Hoezo? |
        Zo'n dag vergeet je niet. | Eén ding weet ik zeker. | Weet je dat zeker? | Vóór vanavond? |
        Kom binnen. | Ga zitten. | Dat zou ik ook zeggen. | Misschien. | Laat maar. | Wie zegt dat?
        | Zoals je wilt. | Waarom niet? | Dat is m'n eigen zaak. | 's Avonds misschien.""",
    "then": "was stil | regende | werd donker | was druk | rook naar regen | bleef koud | was vol",
    "now": "is stil | regent | wordt donker | is druk | ruikt naar regen | blijft koud | is vol",
    "question": "waarom | hoe | wanneer | waar | hoelang | sinds wanneer | om welke reden",
}
