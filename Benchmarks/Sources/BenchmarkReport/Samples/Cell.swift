/// What is measured round after round.
struct Cell: Hashable {
    var suite = Suite.load
    var subject: String
    var inFlight = 0
    var delay = 0
    var connections = Connections.kept
}
