import HTTPTypes
import IdentityBroker
import Logging
import Testing
import WXAppProvider

@Suite("Secrecy")
struct SecrecyTests {
    private static let phone = "17670416754"
    private static let canaries = [Scenario.ticket, Scenario.secret, TestToken.key, phone, "canary"]

    /// Answers that contain every secret, in every place from which it could reach an error.
    static let answers: [UpstreamResponse] = {
        let leak = canaries.joined(separator: " ")
        let token = (try? TestToken().signed()) ?? leak
        let record = Scenario.record.with(["token": .string(token), "phone": .string(phone), "nickname": .string(leak)])
        let bodies: [JSON] = [
            ["code": 2005, "message": .string(leak)],
            ["code": .string(leak)],
            ["code": 200, "data": .string(leak)],
            ["error": .string(leak)],
            .object([leak: .string(leak)]),
            record.with(["blocked": .string(leak)]),
            record.with(["id": .string(leak)]),
            record.with(["openid": .string(leak)]),
            record.with(["unionid": "a", "oauth": ["unionid": "canary"]]),
            record.with(["userPoolId": "canary"]),
            record.with(["token": .string(leak)]),
            record.with(["token": .string("\(token)AAAA")]),
            record,
        ]
        return bodies.compactMap { try? .json($0) } + [.text(leak), .text(leak, status: 500), .text("{\"\(leak)")]
    }()

    @Test("no error and no log line contains a ticket, secret, key, token or phone number", arguments: answers)
    func nothingLeaks(answer: UpstreamResponse) async throws {
        let lines = Locked<[String]>([])
        var scenario = Scenario(answer: answer)
        scenario.settings.tokenKey = .literal(Secret(TestToken.key))
        scenario.logger = Logger(label: "test", factory: { _ in RecordingLogHandler(lines: lines) })
        let failure = await scenario.failure()
        var texts = lines.withLock { $0 }
        #expect(!texts.isEmpty)
        if let failure {
            texts += [failure.message, failure.upstreamCode ?? "", "\(failure)", String(reflecting: failure)]
        }
        for text in texts {
            for canary in Self.canaries + ["eyJ"] {
                #expect(!text.contains(canary), "\(text)")
            }
        }
    }

    @Test("is tested with both failures and successes")
    func answersExist() async throws {
        #expect(Self.answers.count == 16)
    }

    @Test("a provider's own description contains no secret")
    func provider() throws {
        let provider = try WXAppProvider(
            settings: .init(
                userPoolId: "pool",
                secret: .literal(Secret(Scenario.secret)),
                tokenKey: .literal(Secret(TestToken.key))
            ),
            context: ProviderContext(id: "wxapp")
        )
        var dumped = ""
        dump(provider, to: &dumped)
        #expect(!"\(provider)\(String(reflecting: provider))\(dumped)".contains("canary"))
    }
}
