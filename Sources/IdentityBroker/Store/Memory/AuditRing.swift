/// The newest audit events, within a bound.
struct AuditRing: Sendable {
    private let capacity: Int
    private var slots: [AuditEvent] = []
    private var oldest = 0

    init(capacity: Int) {
        self.capacity = capacity
    }

    /// The events kept, oldest first.
    var events: [AuditEvent] { Array(slots[oldest...] + slots[..<oldest]) }

    mutating func append(_ event: AuditEvent) {
        if slots.count < capacity {
            slots.append(event)
        } else {
            slots[oldest] = event
            oldest = (oldest + 1) % capacity
        }
    }
}
