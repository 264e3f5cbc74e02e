/// What a server has seen so far.
struct Traffic: Sendable {
    private(set) var requests: [ReceivedRequest] = []
    private(set) var requestCount = 0
    private(set) var acceptedConnections = 0
    private(set) var closedConnections = 0
    private let keptRequests: Int

    init(keptRequests: Int) {
        self.keptRequests = keptRequests
    }

    /// Counts a connection and returns its number.
    mutating func accept() -> Int {
        acceptedConnections += 1
        return acceptedConnections
    }

    mutating func close() {
        closedConnections += 1
    }

    mutating func record(_ request: ReceivedRequest) {
        requestCount += 1
        requests.append(request)
        if requests.count > keptRequests { requests.removeFirst() }
    }
}
