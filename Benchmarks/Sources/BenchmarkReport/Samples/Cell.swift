/// One configuration, which is measured in every round.
struct Cell: Hashable {
    var suite = Suite.load
    var subject: String
    var inFlight = 0
    var delay = 0
    var connections = Connections.kept
}
