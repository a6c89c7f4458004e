"""Examples whose scores every model records, so that a running service can prove itself."""

GOLDEN = (
    (
        "The footbridge at Marl Lane is safe, a city engineer said on Monday.\n\n"
        "“We tested every bolt,” said Ruth Adeyemi, who leads the works department. “Nobody should worry.”\n\n"
        "The council has spent £2m on the bridge since 2019. It declined to comment."
    ),
    (
        "Borrin Steel expects to cut 300 jobs by June, according to a filing with the stock exchange. Critics say the "
        "company misled its workers. The plant opened in 1974.\nShare this article"
    ),
    (
        'Police said two men were arrested. "They came out with their hands up," a neighbour told reporters.\n'
        "The prime minister has called for calm, and accused the opposition of stirring up anger."
    ),
)
