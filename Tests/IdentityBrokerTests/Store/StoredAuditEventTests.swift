import Foundation
import Testing

@testable import IdentityBroker

@Suite("An audit event as stores keep it")
struct StoredAuditEventTests {
    private let event = AuditEvent(
        action: AuditAction(rawValue: "a"), login: UUID(), client: "b", began: .at(0), duration: .seconds(1),
        provider: "c", providerType: "d", credentialKind: "e", issuer: "f", subject: "g", failure: "h",
        credential: "i", upstreamCode: "j", notices: ["k", "é"])

    private func read(_ texts: [String?]) -> AuditEvent? {
        AuditEvent(
            login: event.login, began: event.began, duration: event.duration, texts: texts, notices: event.notices)
    }

    @Test("is a list of named texts, from which it is read")
    func texts() {
        #expect(event.texts == ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"])
        #expect(Set(AuditEvent.textNames).count == event.texts.count)
        #expect(read(event.texts) == event)
        #expect(event.size == 13)
    }

    @Test("is not read without a text that each has")
    func missing() {
        for index in event.texts.indices {
            var texts = event.texts
            texts[index] = nil
            let required = ["action", "provider", "credential_kind", "credential"]
            #expect((read(texts) == nil) == required.contains(AuditEvent.textNames[index]))
        }
        #expect(read(Array(event.texts.dropLast())) == nil)
    }
}
