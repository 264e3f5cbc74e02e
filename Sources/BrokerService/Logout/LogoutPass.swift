import BrokerTokens

/// One pass over what is due: which delivery may begin next, as a decision without side effects.
///
/// A client that does not answer must delay no other: each has few deliveries at once, and after a failure none more in this
/// pass.
struct LogoutPass {
    /// How many deliveries are under way at once.
    static let most = 32
    /// How many of them to one client.
    static let mostOfClient = 4
    /// How many one client gets in a pass. The rest stay due.
    static let mostDueOfClient = 200

    private var waiting: [String: [DueLogout]] = [:]
    private var underWay: [String: Int] = [:]
    private var failed: Set<String> = []

    /// Whether nothing waits.
    var isEmpty: Bool { waiting.isEmpty }

    /// Adds what is due.
    mutating func add(_ due: [DueLogout]) {
        for due in due where waiting[due.client, default: []].count < Self.mostDueOfClient {
            waiting[due.client, default: []].append(due)
        }
    }

    /// The next delivery to begin; nil if none may now.
    mutating func next() -> DueLogout? {
        guard underWay.values.reduce(0, +) < Self.most else { return nil }
        // The client with the fewest under way, so that all get their turn.
        let candidates = waiting.keys.filter { !failed.contains($0) && underWay[$0, default: 0] < Self.mostOfClient }
        guard let client = candidates.min(by: { (underWay[$0, default: 0], $0) < (underWay[$1, default: 0], $1) }),
            let due = waiting[client]?.popLast()
        else { return nil }
        if waiting[client]?.isEmpty == true { waiting[client] = nil }
        underWay[client, default: 0] += 1
        return due
    }

    /// A delivery has ended.
    mutating func end(_ client: String, succeeded isTold: Bool) {
        underWay[client] = underWay[client].flatMap { $0 > 1 ? $0 - 1 : nil }
        guard !isTold else { return }
        failed.insert(client)
        waiting[client] = nil
    }
}
