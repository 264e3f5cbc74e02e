/// Elements in the order in which they arrived, such as connections as they became idle, or requests that wait. Every
/// operation takes constant time.
struct ArrivalOrder<Element: Hashable & Sendable>: Sendable {
    private struct Neighbors: Sendable {
        var older: Element?
        var newer: Element?
    }

    private var neighbors: [Element: Neighbors] = [:]
    private var newest: Element?

    /// The element that has been there longest.
    private(set) var oldest: Element?

    /// How many there are.
    var count: Int { neighbors.count }

    /// Whether an element is there.
    func contains(_ element: Element) -> Bool { neighbors[element] != nil }

    /// Adds an element, which must not be there already.
    mutating func append(_ element: Element) {
        neighbors[element] = Neighbors(older: newest)
        if let newest { neighbors[newest]?.newer = element } else { oldest = element }
        newest = element
    }

    /// Removes an element; does nothing if it is not there.
    mutating func remove(_ element: Element) {
        guard let removed = neighbors.removeValue(forKey: element) else { return }
        if let older = removed.older { neighbors[older]?.newer = removed.newer } else { oldest = removed.newer }
        if let newer = removed.newer { neighbors[newer]?.older = removed.older } else { newest = removed.older }
    }
}
