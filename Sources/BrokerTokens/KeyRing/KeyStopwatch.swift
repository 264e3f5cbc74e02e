/// How long something has been true of keys, by the stopwatch: the clock alone must not cause a change that correcting
/// the clock cannot undo.
struct KeyStopwatch: Sendable {
    private var since: [String: Duration] = [:]

    /// Records for which keys it is true now, and forgets the others.
    mutating func note(_ ids: Set<String>, at uptime: Duration) {
        since = since.filter { ids.contains($0.key) }
        for id in ids where since[id] == nil { since[id] = uptime }
    }

    /// Whether it has been true of the key for this long.
    func holds(of id: String, for duration: Duration, at uptime: Duration) -> Bool {
        since[id].map { uptime - $0 >= duration } ?? false
    }
}
