"""The paper form's texts in plain Finnish (selkokieli), by their Finnish originals."""

from typing import Any

PLAIN = {
    "Annat luvan siihen, että hyvinvointialueen työntekijät saavat nähdä tietojasi toisesta"
    " palvelusta.": "Tämä on lupa. Annat luvan, että työntekijät näkevät tietojasi. Tiedot tulevat"
    " toisesta palvelusta. Palvelut ovat samalla hyvinvointialueella.",
    "Annat suostumuksen siihen, että tietojasi annetaan organisaatiolta toiselle."
    " Osapuolet on nimetty alla.": "Tämä on suostumus. Annat luvan, että tietojasi annetaan"
    " toiselle. Alla lukee, kuka antaa tietoja ja kuka saa tietoja.",
    "Tällä lomakkeella kiellät tietojesi antamisen. Voit perua kiellon milloin vain.": "Tämä on"
    " kielto. Sanot, että tietojasi ei saa antaa. Voit muuttaa mielesi myöhemmin.",
    "Kenen hallussa olevia tietoja tämä koskee": "Missä tiedot ovat nyt",
    "Kenelle tietoja ei saa antaa": "Kuka ei saa tietojasi",
    "Kuka saa nähdä": "Kuka saa nähdä tietosi",
    "Mihin tietoja käytetään": "Miksi tietoja tarvitaan",
    "Käyttötarkoitus": "Kirjoita, miksi tietoja tarvitaan",
    "Palvelut tai yksiköt": "Kirjoita paikan nimi",
    "Organisaatiot tai yksiköt": "Kirjoita paikan nimi",
    "Kuinka kauan tämä on voimassa": "Kuinka kauan tämä kestää",
    "Allekirjoituspäivästä siihen asti, että perun tämän": "Kunnes sanon, että tämä loppuu",
    "Vain määräajan": "Vain nämä päivät",
    "Ensimmäinen ja viimeinen päivä": "Ensimmäinen päivä ja viimeinen päivä",
    "kun asiakas peruu": "kun sanot, että tämä loppuu",
    "Laki antaa joskus viranomaiselle oikeuden saada tietoja ilman lupaasi.": "Joskus laki sanoo,"
    " että työntekijä saa tiedot ilman sinun lupaasi.",
    "Jokainen katselu jää lokiin. Voit pyytää tiedon siitä, kuka on katsonut tietojasi.": "Voit"
    " kysyä, kuka on katsonut tietojasi. Kaikki katsomiset merkitään muistiin.",
    "Kielto voi hidastaa asiasi hoitamista. Kysy työntekijältä, mitä siitä seuraa.": "Jos kiellät,"
    " asiasi voi edetä hitaammin. Kysy työntekijältä, mitä kielto muuttaa.",
    "Jo annettuja tietoja ei saa takaisin.": "Jos joku on jo saanut tietosi, tietoja ei saa"
    " takaisin.",
    "Tämän antaminen on vapaaehtoista. Voit saada palveluja, vaikka et anna tätä.": "Sinun ei ole"
    " pakko antaa lupaa. Voit saada apua myös ilman lupaa.",
    "Voit perua tämän milloin vain. Kerro siitä kenelle tahansa tässä nimetylle.": "Voit muuttaa"
    " mielesi milloin vain. Kerro siitä työntekijälle.",
    "Kun perut tämän, tiedot sulkeutuvat heti. Jo annettuja tietoja ei saa takaisin.": "Kun lupa"
    " loppuu, kukaan ei enää näe uusia tietoja. Tietoja, jotka joku jo sai, ei saa takaisin.",
    "Minulle on kerrottu, miten tietojani käsitellään.": "Työntekijä kertoi minulle, mitä"
    " tiedoilleni tehdään.",
    "Olen saanut kysyä, ja ymmärrän mihin vastaan.": "Sain kysyä. Ymmärrän, mitä tämä tarkoittaa.",
    "Kuka kertoi, milloin ja millä kielellä": "Kuka kertoi? Minä päivänä? Millä kielellä?",
    "Kuka tämän antaa": "Kuka allekirjoittaa",
    "Asiakas itse": "Minä itse",
    "Huoltaja tai edunvalvoja": "Huoltajani tai edunvalvojani",
    "Huoltajan tai edunvalvojan nimi": "Huoltajan nimi tai edunvalvojan nimi",
    "Apu": "Kuka auttoi",
    "Kuka selitti tämän asiakkaalle": "Kuka selitti tämän paperin",
    "Kuka auttoi asiakasta, ja miten varmistettiin, että asiakas ymmärsi": "Kuka auttoi? Miten"
    " tarkistettiin, että asia ymmärrettiin?",
    "Paikka ja päivä": "Paikka ja päivä, kun kirjoitat nimesi",
    "Antajan allekirjoitus ja nimenselvennys": "Kirjoita nimesi tähän. Kirjoita nimi myös"
    " selvästi.",
    "Vastaanottaneen työntekijän allekirjoitus ja nimenselvennys": "Työntekijän"
    " nimi ja allekirjoitus",
}


def in_plain_finnish(value: Any) -> Any:
    """The same document with each text that has a plainer form in it."""
    if isinstance(value, str):
        return PLAIN.get(value, value)
    if isinstance(value, dict):
        return {key: in_plain_finnish(one) for key, one in value.items()}
    if isinstance(value, list):
        return [in_plain_finnish(one) for one in value]
    return value
