"""Function words of German and English, which tell nothing about what a concern is about."""

_GERMAN = """
ab aber alle allem allen aller alles als also am an andere anderem anderen anderer anderes auch auf
aus außer bei beim bereits bevor bin bis bisher bist bzw da dabei dadurch dafür dagegen daher damit
danach dann daran darauf daraus darf darin darüber darum das dass davon dazu dein deine deinem
deinen deiner dem den denen denn dennoch der deren des deshalb dessen deswegen dich die dies diese
diesem diesen dieser dieses dir doch dort du durch dürfen dürfte eben eher eigentlich ein eine einem
einen einer eines einfach einige einigen einiger er es etwa etwas euch euer eure fast für gab geben
gegen gehen geht gern gerne gewesen gibt gibts gut gute guten guter gutes habe haben halt hast hat
hatte hatten hätte hätten hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer in
ins irgendwas irgendwie ist ja je jede jedem jeden jeder jedes jemand jetzt kann kannst kein keine
keinem keinen keiner können könnte könnten lassen machen macht man manche mehr mein meine meinem
meinen meiner mich mir mit möchte möchten muss müssen müsste nach neben nein nicht nichts noch nun
nur ob oder oft ohne schon sehr sein seine seinem seinen seiner seit sich sie sind so sobald solche
soll sollen sollte sollten sondern sonst sowie statt tun über überhaupt um und uns unser unsere
unserem unseren unserer unter usw viel viele vielen vom von vor wann war waren warum was weder weg
wegen weil welche welchem welchen welcher welches wenig wenn wer werden weshalb wie wieder wieso
will wir wird wirklich wo woher wohin wollen woran worden wurde wurden würde würden ziemlich zu zum
zur zwar zwischen
"""

_ENGLISH = """
a about above after again all also am an and any anybody anyone anything are as at be because been
before being below between both but by can cannot could d did do does doesn doing don done down
during each every everybody everyone few for from further get gets getting go goes got had has have
having he her here hers him his how i if in into is isn it its just let ll m many may me might more
most much must my need no nobody nor not now of off often on once one only or other others ought our
ours out over own quite rather re really s same shall she should so some somebody someone such t
than that the their theirs them then there these they this those through to too under until up us
use using ve very was we were what when where which while who whom whose why will with without won
would yes yet you your yours
"""

STOP_WORDS = {
    "de": frozenset(_GERMAN.casefold().split()),
    "en": frozenset(_ENGLISH.casefold().split()),
}
