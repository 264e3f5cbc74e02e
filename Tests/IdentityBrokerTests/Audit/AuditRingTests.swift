import Testing

@testable import IdentityBroker

@Suite("A ring of audit events")
struct AuditRingTests {
    @Test("keeps the newest, in order, within its bound", arguments: 1...4, 0...9)
    func order(capacity: Int, count: Int) {
        var ring = AuditRing(capacity: capacity)
        for number in 0..<count { ring.append(.example("\(number)")) }
        #expect(ring.events.map(\.provider) == (0..<count).suffix(capacity).map(String.init))
    }
}
