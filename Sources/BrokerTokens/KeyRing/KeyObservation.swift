/// Since when something has been so of keys, by the stopwatch: the clock alone is no reason for a change that a clock set
/// right again could not undo.
struct KeyObservation: Sendable {
    private var since: [String: Duration] = [:]

    /// Notes of which keys it is so now, and forgets those of which it is not, or not any more.
    mutating func note(_ ids: Set<String>, at uptime: Duration) {
        since = since.filter { ids.contains($0.key) }
        for id in ids where since[id] == nil { since[id] = uptime }
    }

    /// Whether it has been so of the key for this long.
    func holds(of id: String, for duration: Duration, at uptime: Duration) -> Bool {
        since[id].map { uptime - $0 >= duration } ?? false
    }
}
