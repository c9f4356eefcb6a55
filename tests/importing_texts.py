"""Short articles in five languages, their parts known: to be laid out and taken in again.

A block is its kind and its text; `[^: …]` is a note at its call. Pull quotes repeat a sentence.
"""

from __future__ import annotations

ENGLISH = (
    ("title", "The lamp at the end of the pier"),
    ("standfirst", "For ninety years somebody climbed the ladder every evening. Then a wire did."),
    ("byline", "by Agnes Rowe, Harbour Office, Wales and Tom Birch, Lamp Club, Ireland"),
    (
        "p",
        "Nobody in the village could say when the first lamp was hung. The oldest ledger, which "
        "begins in the spring of 1811, already speaks of oil for the pier, of a boy who was paid "
        "four shillings a quarter, and of a ladder that had to be mended after each winter. The "
        "boy’s name is not given; the ladder’s maker is, and he seems to have been difficult.",
    ),
    (
        "p",
        "What the ledger does not tell is why the lamp stood where it did. A light at the end of a "
        "pier is no help to a ship that is still far out, because the headland hides it from every "
        "side but one.[^: The one side from which it can be seen is the north-west.] The pilots "
        "knew this, and steered by the church tower as their fathers had done.",
    ),
    ("quote", "The keeper wrote down the weather, the price of wicks and the names of his hens."),
    ("h2", "A keeper and his hens"),
    (
        "p",
        "From 1840 onwards there was a keeper. He lived in a dry house of two rooms, and he "
        "left forty-one notebooks. The keeper wrote down the weather, the price of wicks and the "
        "names of his hens. On the days of the great storm he wrote nothing at all, and on the day "
        "after it only that three panes had gone and that the speckled hen had been found alive.",
    ),
    ("caption", "The pier at low water, seen from the garden of the inn"),
    (
        "p",
        "He was not a man of half-measures. When the harbour board sent him a thermometer he read "
        "it every hour, nights included, for eleven weeks, and then returned it with a letter. The "
        "board kept the letter and framed it. It hangs in the reading-room to this day, next to a "
        "photograph of somebody else’s boat.",
    ),
    ("h2", "The wire"),
    (
        "p",
        "The electric light came in 1926. It was switched on by a lever in the harbour office, and "
        "the ladder was sawn up for firewood in the same week. The last keeper, who never liked "
        "heights, became a gardener. He is said to have looked towards the pier at dusk for the "
        "rest of his life, as one looks at a clock that has stopped.",
    ),
)
DUTCH = (
    ("title", "De brug die niemand bestelde"),
    ("standfirst", "In het dorp ligt een brug over droog land. Wie haar wilde, weet niemand meer."),
    ("byline", "door Griet Maes, Heemkring, België en Koen Pot, Bruggenraad, Nederland"),
    (
        "p",
        "Wie van het station naar de kerk loopt, gaat over een brug zonder water. Ze is acht meter "
        "lang en heeft een leuning van gietijzer, waarop ’s zomers kinderen zitten. Onder de boog "
        "groeien brandnetels. De gemeente schildert haar om de zes jaar, en in de begroting staat "
        "ze onder waterwerken, omdat er voor bruggen zonder water geen andere plaats is.",
    ),
    (
        "p",
        "Het archief zwijgt. In de notulen van 1887 wordt de brug voor het eerst genoemd, en dan "
        "bestaat ze al: een raadslid klaagt dat de paarden er schrikken van het holle geluid.[^: "
        "Het raadslid was smid, en had zelf geen paard.] Niemand antwoordt hem. Een rekening van "
        "de bouwmeester is er niet, een tekening evenmin, en de steenhouwer heeft geen merk gezet.",
    ),
    ("quote", "Een gravin zou er willen wandelen zonder natte voeten, en de beek werd verlegd."),
    ("h2", "Drie verhalen"),
    (
        "p",
        "Er gaan drie verhalen over haar. Het eerste is het mooiste en dus waarschijnlijk niet "
        "waar. Een gravin zou er willen wandelen zonder natte voeten, en de beek werd verlegd. Het "
        "tweede is van de schoolmeester, die in de bedding een sluitje zag waar later de straat "
        "kwam. Het derde vertelt de oude postbode alleen als het regent.",
    ),
    ("caption", "De leuning na de schilderbeurt, met de kinderen van de bovenmeester"),
    (
        "p",
        "De provincie heeft er ooit iemand naartoe gestuurd. Hij mat de boog, klopte op de stenen "
        "en schreef een rapport van elf bladzijden, waarvan er negen over een andere brug gaan. "
        "Zijn besluit luidt dat het bouwwerk in goede staat verkeert en dat het water ontbreekt. "
        "Daarover was iedereen het in het dorp al eens.",
    ),
    ("h2", "Wat er overblijft"),
    (
        "p",
        "Sinds vorig jaar hangt er een bordje met het bouwjaar, dat is geraden. De kinderen noemen "
        "haar de droge brug, en de bus heeft er een halte die zo heet. Vreemdelingen zoeken de "
        "rivier. Dan wijst men ze de weg naar het volgende dorp, waar wel water is, maar waar ze "
        "het al honderd jaar met een veerpont doen.",
    ),
)
GERMAN = (
    ("title", "Der Garten hinter dem Gaswerk"),
    ("standfirst", "Wo früher Kohle lag, wachsen heute Birnen. Geplant hat das keiner."),
    ("byline", "von Käthe Lohse, Gartenverein, Deutschland und Emil Brandt, Gasamt, Schweiz"),
    (
        "p",
        "Als das Gaswerk im Frühjahr geschlossen wurde, blieb ein Hof zurück, auf dem seit langen "
        "Jahren nichts gewachsen war. Der Boden war schwarz und roch nach Teer. Die Stadt zog den "
        "Zaun und vergaß das Gelände. Nach drei Sommern standen dort Birken, nach fünf eine "
        "Reihe junger Birnbäume, die sich niemand erklären konnte.",
    ),
    (
        "p",
        "Eine Botanikerin der Hochschule kam jeden Samstag und zählte. Sie fand hundertelf Arten, "
        "darunter zwei, die im ganzen Land als verschollen galten.[^: Beide stehen nun wieder auf "
        "der Liste der häufigen Pflanzen.] Ihre Listen schickte sie an das Amt, das sie abheftete. "
        "Erst als der Verkauf des Geländes beschlossen war, las sie dort jemand.",
    ),
    ("quote", "Die Arbeiter hatten ihre Pausenbrote auf der Mauer gegessen, und ihr Obst dazu."),
    ("h2", "Woher die Birnen kamen"),
    (
        "p",
        "Die Erklärung lieferte ein alter Heizer. Die Arbeiter hatten ihre Pausenbrote auf der "
        "Mauer gegessen, und ihr Obst dazu. Was sie fortwarfen, fiel immer auf dieselbe Seite. "
        "Solange die Öfen brannten, konnte daraus nichts werden; danach hatten die Kerne Zeit. Es "
        "sind also lauter verschiedene Bäume, und keiner trägt eine Sorte, die einen Namen hat.",
    ),
    ("caption", "Die Mauer im Oktober, mit den Körben der Nachbarschaft davor"),
    (
        "p",
        "Seitdem wird im Oktober geerntet. Wer kommt, bringt einen Korb mit und nimmt, was er "
        "heben kann. Ein Verein hat sich gegründet, der nichts besitzt als Leiter und Heft, in "
        "das jeder seinen Namen schreibt. Die Stadt duldet es. Sie hat dem Gelände inzwischen eine "
        "Nummer gegeben und spricht von einer Ausgleichsfläche.",
    ),
)
FRENCH = (
    ("title", "La pendule du marché couvert"),
    ("standfirst", "Elle avance de sept minutes, et toute la ville vit à son heure."),
    ("byline", "par Lucie Armand, Société des halles, France et Paul Kern, Cadran, Belgique"),
    (
        "p",
        "La pendule du marché couvert n’a jamais donné l’heure juste. Elle avance de sept minutes "
        "depuis le jour où on l’a posée, et les horlogers qui se sont succédé n’y ont rien changé. "
        "Le premier disait que le poids était trop lourd, le deuxième accusait les courants d’air, "
        "le troisième a demandé à être payé d’avance et n’est pas revenu.",
    ),
    (
        "p",
        "Les marchands s’en sont fort bien accommodés. On ouvre à sept heures de la pendule, on "
        "ferme à midi de la pendule, et personne ne manque son train puisque tout le monde arrive "
        "en avance à la gare.[^: La gare, elle, retarde de deux minutes.] Un préfet qui voulait "
        "remettre la ville à l’heure a tenu dix-huit jours avant de renoncer.",
    ),
    ("quote", "Le mécanicien trouva dans la caisse un nid, deux clous et une lettre d’amour."),
    ("h2", "Ce qu’il y avait dedans"),
    (
        "p",
        "On ne l’a démontée qu’une seule fois. Le mécanicien trouva dans la caisse un nid, deux "
        "clous et une lettre d’amour. Il remit le nid en place et garda les clous. La lettre, qui "
        "n’était signée que d’une initiale, fut lue en séance du conseil municipal, puis classée "
        "parmi les pièces relatives à l’entretien des bâtiments.",
    ),
    ("caption", "Le cadran nord, que les pigeons préfèrent depuis toujours"),
    (
        "p",
        "Depuis, on parle de la faire réparer chaque fois qu’il y a des élections. Les candidats "
        "promettent, la pendule avance, et les électeurs votent avec sept minutes de moins. Une "
        "pétition a réuni mille signatures pour qu’on n’y touche pas. Parmi elles figurait "
        "celle de l’horloger qui venait d’être nommé.",
    ),
)
TEXTS = {"en": ENGLISH, "nl": DUTCH, "de": GERMAN, "fr": FRENCH}
