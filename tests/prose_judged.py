"""Good prose in four languages with faults planted in it, each marked: [[kind|the words]].

Every line is a paragraph. What is not marked is right, though much of it looks like a fault: names
at the start of a sentence, apostrophes, speeches that go on, quotations within quotations. A fault
of two places, such as a name spelled in two ways, is marked at both. ⏎ is a line's end that stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

STYLE = {
    "nl": {"e-boek": "e-book", "ca.": "ongeveer", "secretariaat generaal": "secretariaat-generaal"},
    "en": {"e-mail": "email", "focussed": "focused", "per cent": "percent"},
    "de": {"Foto": "Photo", "sogenannt": "so genannt"},
    "fr": {"mél": "courriel", "week-end": "fin de semaine"},
}

TEXTS = {
    "nl": """\
De haven lag er verlaten bij toen Willemijn Brandsma de kade op liep.
’s Avonds brandde er nog licht in het kantoor van de oude reder.
[[spelling|Gistreen]] had iemand de ramen met planken dichtgespijkerd.
De touwen lagen in de [[spelling|rgen]] en niemand raapte ze op.
Het kantoor was klein[[punctuation| ,]] koud en donker.
Wie zou er nog komen[[punctuation| ?]] Niemand.
De verhouding was 1 : 10, een kaliber .45 en een punt . . . of drie.
In de loods stonden foto’s van schepen uit de jaren ’60 en ’70.
Zij vroeg of [[doubled|de de]] sleutel nog aan de spijker hing.
[[doubled|Het het]] bleef stil aan de andere kant van de deur.
“Kom maar binnen”, zei een stem, “het is niet op slot.”
Hij zei dat dat hem niets verbaasde, en dat was niet waar.
De man [[unbalanced|((]]hij droeg een pet) schoof een stoel bij.
“Mijn vader noemde dit altijd ‘het kantoor’”, zei hij.
“Mijn vader noemde dit altijd [[unbalanced|‘]]het kantoor”, zei zij toen.
Zij dacht aan Hans’ boot en aan Kees’ oude fiets in de schuur.
Hij zei: [[unbalanced|“]]Morgen vertrekt de laatste veerboot.
De reder schreef een brief over zijn zaken.[[unbalanced|)]]
Op tafel lagen kaarten van de kust.
Er stond een glas water[[spaces|   ]]naast de lamp.
De kapitein heette Tamarov, en Tamarov zweeg meestal.
Pas later hoorde zij dat de stuurman [[names|Kamenev]] heette.
In het logboek stond echter duidelijk [[names|Kamenjev]] geschreven.
Rond de [[hyphens|Sovjet-Unie]] hingen kaarten aan de muur.
De [[hyphens|Sovjetunie]] stond er in rood op getekend.
Het schip kwam aan op 3 mei 1923 en vertrok op 9 juni 1923.
Volgens het register was het pas op [[numbers|12-7-1923]] gelost.
Er lagen 1.200 kisten, waarvan 3.400 kilo bedorven was.
Een kist woog [[numbers|2,500]] gram volgens de weegbrief.
De weegschaal [[dash|-]] een oude [[dash|-]] stond scheef.
De wind [[dash|-]] een harde [[dash|-]] blies uit het noorden.
Een maat stond op 6" en de andere op 12" van de rand.
De letter[[unbalanced|"]] stond los in het register.
In 1923[[quotes|"]] was dat nog anders.
Toen kwam [[initials|P.J.]]⏎Brandsma de trap af.
Een [[house|e-boek]] had hij nog nooit gezien.
[[house|E-boek]] of niet, lezen deed hij elke avond.
Het kostte [[house|ca.]] tien gulden per maand.
Het [[house|secretariaat generaal]] antwoordde nooit.
De wind draaide naar het oosten; de vlag hing slap.
Zinovia lachte, want Zinovia had het al geraden.
Trotski sprak er niet over, en Lenin evenmin.
Het water stond [[spelling|ttot]] aan de drempel.
Nooit eerder was het zo [[spelling|donkre]] geweest.
a) de kade, b) de loods en c) het kantoor.
“De eerste dag was lang en er gebeurde niets.
“De tweede dag was korter, en toen kwam de boot.”
""",
    "en": """\
The lighthouse keeper’s daughter counted the ships every evening.
’Tis a long way to the village, her father used to say.
“Don’t wait for me,” he called, “I’ll be late.”
[[spelling|Evreybody]] knew that the old pier would not last the winter.
The [[spelling|harbuor]] was full of boats from the north.
She had that that look in her eyes, and he had had enough.
The nets were mended by [[doubled|the the]] boys on the wall.
[[doubled|The the]] gulls would not leave them in peace.
The boys’ boots stood in a row beside the sailors’ coats.
He called it ‘the boys’ room’ and shut the door.
He called it [[unbalanced|‘]]the long room and shut the door.
She had read it in the paper [[unbalanced|(]]or so she said.
The old man nodded[[unbalanced|)]] and went on mending.
He said [[unbalanced|“]]it was the captain’s idea, and nobody laughed.
Nobody answered.[[unbalanced|”]] The door fell shut.
The sea was calm[[punctuation| .]] They waited[[punctuation| ;]] nobody spoke.
There were[[spaces|  ]]crumbs on the table.
A lamp hung over the [[spaces|  ]]stairs.
Mr Penrose lived next door to Captain Trevelyan.
The letter had been signed by one [[names|Zhdanof]] of Riga.
The envelope, however, was addressed to [[names|Zhdanov]] in person.
The [[hyphens|lighthouse-keeper]] slept through most of the day.
No other [[hyphens|lighthousekeeper]] had ever done that.
They sailed on 4 May 1911 and came back on 2 June 1911.
The log gives [[numbers|17/8/1911]] for the last voyage.
She counted 1,200 gulls and 3,450 terns that year.
They were let go on [[numbers|July 12, 1911]] or on [[numbers|13th July 1911]] at the latest.
The year after there were [[numbers|2.100]] of them.
The tide [[dash|-]] a strong one – carried them out.
The rope[[unbalanced|"]] was wet.
In 1911[[quotes|"]] the pier was new.
The board was 6" wide and 4' long.
A letter came from [[initials|T.S.]]⏎Penrose at last.
He sent an [[house|e-mail]] to the harbour office.
[[house|E-mail]] was still new to them then.
Nearly ten [[house|per cent]] of the eggs were gone.
She [[house|focussed]] on the horizon.
Tregarthen laughed; Tregarthen always laughed at such things.
Goin’ out in this weather was madness, they agreed.
The children played at pirates until it was dark.
It was [[spelling|quiter]] than they had ever known it.
[[spelling|Tomorow]] they would paint the boat again.
Nothing in the sky suggested what was coming.
""",
    "de": """\
Die Werkstatt lag hinter dem Bahnhof, wo die Straße endet.
„Kommen Sie herein“, sagte der Meister, „es ist offen.“
Die [[spelling|Wekrstatt]] roch nach Leim und frischem Holz.
[[spelling|Gestren]] war der Lehrling nicht gekommen.
Der [[spelling|Lehrlnig]] hatte den Zug verpasst.
Sie sagte, dass die, die warten, Geduld brauchen.
Auf dem Tisch lag [[doubled|auf auf]] einmal der Hobel seines Vaters.
[[doubled|Am am]] Abend wurde das Licht gelöscht.
„Er nannte das ‚eine gute Arbeit‘“, erzählte sie.
„Er nannte das [[unbalanced|‚]]eine gute Arbeit“, erzählte er.
Er sagte: [[unbalanced|„]]Morgen komme ich wieder.
Niemand glaubte ihm das.[[unbalanced|“]] Alle schwiegen.
Die Rechnung [[unbalanced|(]]eine kleine lag noch da.
Der Meister schwieg[[punctuation| :]] er war müde.
Das Brett war[[spaces|  ]]zu kurz.
Frau Lindenberg wohnte über dem Laden.
Der Brief war von einem gewissen [[names|Tschernow]] unterschrieben.
Auf dem Umschlag stand dagegen [[names|Tschernov]] zu lesen.
Die [[hyphens|Sowjet-Union]] bestellte zwölf Schränke.
Die [[hyphens|Sowjetunion]] bezahlte sie auch.
Am 3. Mai 1923 und am 7. Juni 1923 wurde geliefert.
Der Rest kam erst am [[numbers|12.8.1923]] an.
Es waren 1.200 Nägel und 3.400 Schrauben.
In der Kiste lagen [[numbers|2,500]] davon.
Der Leim [[dash|-]] ein alter – war trocken.
Das Maß[[unbalanced|"]] stand an der Wand.
Im Jahr 1923[[quotes|"]] war alles anders.
Dann kam [[initials|J.P.]]⏎Lindenberg die Treppe herunter.
Ein [[house|Foto]] hing an der Wand.
Der [[house|sogenannt]] kluge Plan misslang.
Hans’ Werkzeug hing neben Klaus’ Jacke.
Wie geht’s, fragte er, und sie sagte: So geht’s nicht.
Ottokar lachte, denn Ottokar lachte immer.
Der Wagen hielt vor dem Haus und fuhr wieder ab.
Der Verfassungsschutzbericht lag auf dem Schrank.
Die Bäume standen still, und kein Vogel sang.
Das [[spelling|Fesnter]] blieb die ganze Nacht offen.
""",
    "fr": """\
La gare était vide quand Madeleine Fournier descendit du train.
« Entrez donc », dit le chef de gare, « il fait froid. »
L’horloge marquait l’heure d’été depuis des années.
[[spelling|Persone]] ne l’attendait sur le quai.
Le [[spelling|voyaguer]] posa sa valise sur le banc.
Nous nous sommes levés avant l’aube pour le voir.
Elle prit [[doubled|la la]] clef et ouvrit la porte.
[[doubled|Le le]] vent soufflait depuis la veille.
« Il appelait cela “la grande maison” », dit-elle.
« Il appelait cela [[unbalanced|“]]la grande maison », dit-il.
Il répondit : [[unbalanced|«]] Je reviendrai demain.
Personne ne le croyait. [[unbalanced|»]] Tous se turent.
La lettre [[unbalanced|(]]une vieille était restée là.
Le train partit[[punctuation| ,]] et il resta : que faire ? Rien !
Le banc était[[spaces|  ]]mouillé.
Monsieur Chastaing habitait au-dessus de la boutique.
La lettre était signée d’un certain [[names|Tchernov]] de Riga.
Sur l’enveloppe on lisait pourtant [[names|Tchernof]] en toutes lettres.
Le 3 mai 1923 et le 7 juin 1923 il fit beau.
Le reste arriva le [[numbers|12/8/1923]] seulement, avant le 1er mai 1924.
Le train [[dash|-]] un vieux – repartit.
La pendule[[unbalanced|" ]]sonna midi.
En 1923[[quotes|"]] tout était neuf.
Alors entra [[initials|J.P.]]⏎Fournier en riant.
Un [[house|mél]] arriva le soir même.
Le [[house|week-end]] fut calme.
[[house|Week-end]] ou pas, il travaillait.
C’est aujourd’hui qu’il faut partir, dit-elle.
Ils avaient trouvé [[spelling|plsuieurs]] billets dans la boîte.
Les arbres ne bougeaient plus et la nuit tombait.
Qu’est-ce que c’est, demanda l’enfant, et d’où vient-il ?
La rivière coulait sous le pont sans faire de bruit.
Ghislaine riait, car Ghislaine riait toujours.
""",
}
_PLANTED = re.compile(r"\[\[(\w+)\|([^]]*)\]\]")


@dataclass(frozen=True)
class Planted:
    """A fault: its kind, the line of the text (from 1), its columns (from 1, the end after it)."""

    kind: str
    line: int
    start: int
    end: int


def parted(text: str) -> tuple[list[str], list[Planted]]:
    """Return the lines of a text without its marks, and where the faults are."""
    lines, faults = [], []
    broken = text.replace("\n", "\n\n").replace("⏎", "\\\n")
    for number, line in enumerate(broken.split("\n"), 1):
        bare = ""
        last = 0
        for found in _PLANTED.finditer(line):
            bare += line[last : found.start()]
            faults.append(Planted(found[1], number, len(bare) + 1, len(bare) + 1 + len(found[2])))
            bare += found[2]
            last = found.end()
        lines.append(bare + line[last:])
    return lines, faults
