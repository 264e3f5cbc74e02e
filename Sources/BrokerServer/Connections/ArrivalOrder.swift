/// Elements in order of arrival, such as connections that became idle, or requests that wait. Every operation takes
/// constant time.
struct ArrivalOrder<Element: Hashable & Sendable>: Sendable {
    private struct Neighbors: Sendable {
        var older: Element?
        var newer: Element?
    }

    private var neighbors: [Element: Neighbors] = [:]
    private var newest: Element?

    /// The element that arrived first.
    private(set) var oldest: Element?

    /// The number of elements.
    var count: Int { neighbors.count }

    /// Whether it contains an element.
    func contains(_ element: Element) -> Bool { neighbors[element] != nil }

    /// Adds an element, which must not be present.
    mutating func append(_ element: Element) {
        neighbors[element] = Neighbors(older: newest)
        if let newest { neighbors[newest]?.newer = element } else { oldest = element }
        newest = element
    }

    /// Removes an element, if present.
    mutating func remove(_ element: Element) {
        guard let removed = neighbors.removeValue(forKey: element) else { return }
        if let older = removed.older { neighbors[older]?.newer = removed.newer } else { oldest = removed.newer }
        if let newer = removed.newer { neighbors[newer]?.older = removed.older } else { newest = removed.older }
    }
}
