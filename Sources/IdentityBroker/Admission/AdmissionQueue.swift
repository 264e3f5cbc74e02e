import HeapModule

/// How many logins are under way, and which ones wait for room, first come first served.
struct AdmissionQueue: Sendable {
    /// A login's number, in order of arrival.
    typealias Number = UInt64

    enum Answer: Sendable, Equatable {
        case admitted
        case waiting
        case refused
    }

    private var room: Int
    private var waitingRoom: Int
    private var line = Heap<Number>()
    private var waiting: Set<Number> = []
    private(set) var admittedCount = 0

    init(room: Int, waitingRoom: Int) {
        self.room = room
        self.waitingRoom = waitingRoom
    }

    var waitingCount: Int { waiting.count }

    /// Enters a login, behind those that already wait.
    mutating func enter(_ number: Number) -> Answer {
        if admittedCount < room {
            admittedCount += 1
            return .admitted
        }
        // With no room at all, no login would ever be admitted.
        guard room > 0, waiting.count < waitingRoom else { return .refused }
        waiting.insert(number)
        line.insert(number)
        return .waiting
    }

    /// Removes a login from the queue.
    ///
    /// - Returns: Whether it was still waiting.
    mutating func abandon(_ number: Number) -> Bool {
        guard waiting.remove(number) != nil else { return false }
        // Abandoned logins stay in the heap until they are reached; they must not outnumber the waiting ones.
        if line.count > 2 * waiting.count + 16 { line = Heap(waiting) }
        return true
    }

    /// Ends an admitted login.
    ///
    /// - Returns: The login admitted in its place.
    mutating func leave() -> Number? {
        precondition(admittedCount > 0, "a login that was never admitted cannot leave")
        admittedCount -= 1
        return callIn()
    }

    /// Changes the limits; admitted logins stay admitted.
    ///
    /// - Returns: The logins admitted to the new room.
    mutating func resize(room: Int, waitingRoom: Int) -> [Number] {
        (self.room, self.waitingRoom) = (room, waitingRoom)
        var admitted: [Number] = []
        while let number = callIn() { admitted.append(number) }
        return admitted
    }

    private mutating func callIn() -> Number? {
        guard admittedCount < room else { return nil }
        while let number = line.popMin() {
            guard waiting.remove(number) != nil else { continue }
            admittedCount += 1
            return number
        }
        return nil
    }
}
