import IdentityBroker
import Testing
import WXAppProvider

@Suite("The mini program's callback")
struct CallbackTests {
    @Test("on success contains the ticket")
    func ticket() throws {
        let callback = "code=200&message=%E6%8E%88%E6%9D%83%E6%88%90%E5%8A%9F&ticket=eyJhbGciOiJIUz.a.b="
        let credential = try WXAppProvider.credential(fromCallback: callback)
        #expect(credential.kind == .ticket)
        #expect(credential.value == Secret("eyJhbGciOiJIUz.a.b="))
    }

    @Test(
        "without a ticket says why",
        arguments: [
            ("code=400&message=no", .cancelledByUser, nil),
            ("", .cancelledByUser, nil),
            ("message=no", .cancelledByUser, nil),
            ("code=500&message=no", .invalidCredential, "500"),
            ("code=200", .invalidCredential, nil),
            ("ticket=canary", .invalidCredential, nil),
            ("code=200&ticket=canary%20ticket", .invalidCredential, nil),
            ("code=200&ticket=canary&ticket=other", .invalidCredential, nil),
        ] as [(String, BrokerError.Kind, String?)]
    )
    func noTicket(callback: String, kind: BrokerError.Kind, code: String?) throws {
        let error = try #require(throws: BrokerError.self) { try WXAppProvider.credential(fromCallback: callback) }
        #expect(error.kind == kind)
        #expect(error.upstreamCode == code)
        #expect(!error.message.contains("canary"))
    }
}
