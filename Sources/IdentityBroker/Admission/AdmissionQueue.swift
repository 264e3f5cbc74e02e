import HeapModule

/// How many logins are under way, and which wait for room, first come first served.
struct AdmissionQueue: Sendable {
    /// A login's number; the later it came, the higher.
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

    /// A login comes. Nobody overtakes those who wait.
    mutating func enter(_ number: Number) -> Answer {
        if admittedCount < room {
            admittedCount += 1
            return .admitted
        }
        // Without any room at all nobody would ever be called in.
        guard room > 0, waiting.count < waitingRoom else { return .refused }
        waiting.insert(number)
        line.insert(number)
        return .waiting
    }

    /// A login that waits gives up.
    ///
    /// - Returns: Whether it was waiting still.
    mutating func abandon(_ number: Number) -> Bool {
        guard waiting.remove(number) != nil else { return false }
        // Those who gave up stay in the line until they are passed over; they must not outgrow those who wait.
        if line.count > 2 * waiting.count + 16 { line = Heap(waiting) }
        return true
    }

    /// A login that was admitted is over.
    ///
    /// - Returns: Who is admitted in its place.
    mutating func leave() -> Number? {
        precondition(admittedCount > 0, "a login that was never admitted cannot leave")
        admittedCount -= 1
        return callIn()
    }

    /// The limits change; who is in stays in.
    ///
    /// - Returns: Who is admitted to the room there is now.
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
