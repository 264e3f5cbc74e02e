import Foundation
import IdentityBroker
import Testing

@Suite("An audit event")
struct AuditEventTests {
    @Test("survives a JSON round trip")
    func roundTrip() throws {
        let event = AuditEvent.example()
        let data = try JSONEncoder().encode(event)
        #expect(try JSONDecoder().decode(AuditEvent.self, from: data) == event)
    }
}
