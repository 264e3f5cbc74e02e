import IdentityBroker
import Testing

@Suite("The retention of credentials")
struct RetentionTests {
    @Test("must be positive", arguments: [Duration.zero, .seconds(-1)])
    func bound(_ retention: Duration) {
        let failure = #expect(throws: BrokerError.self) {
            try Broker(providers: [], transport: ScriptedTransport(), retention: retention)
        }
        #expect(failure?.kind == .misconfigured)
    }
}
