import Foundation
import LoopbackServer
import Testing

@testable import WXAppSandbox

@Suite("The exchange")
struct ExchangeTests {
    private func code(_ script: ServerScript) throws -> Int {
        let object = try JSONObject(SandboxFixture.text(script))
        return try #require([200, 400, 404, 405, 2010, 2020, 2206, 2207].first { object.has("code", $0) })
    }

    @Test("redeems a ticket once, and counts the login")
    func success() throws {
        var sandbox = SandboxFixture()
        let ticket = try sandbox.state.mint(for: .johnDoe, isPhoneGranted: false, at: SandboxFixture.now)
        let first = try JSONObject(SandboxFixture.text(sandbox.post(SandboxFixture.body(ticket: ticket))))
        #expect(first.has("code", 200))
        #expect(try first.object("data").has("loginsCount", 2))
        #expect(try code(sandbox.post(SandboxFixture.body(ticket: ticket))) == 2207)
        #expect(sandbox.state.book.redemptions == 1)

        let another = try sandbox.state.mint(for: .johnDoe, isPhoneGranted: false, at: SandboxFixture.now)
        #expect(another != ticket)
        let second = try JSONObject(SandboxFixture.text(sandbox.post(SandboxFixture.body(ticket: another))))
        #expect(try second.object("data").has("loginsCount", 3))
    }

    @Test("accepts a ticket for two minutes", arguments: [(119.9, 200), (120, 2206), (1_000, 2206)])
    func lifetime(age: TimeInterval, expected: Int) throws {
        var sandbox = SandboxFixture()
        let ticket = try sandbox.state.mint(for: .johnDoe, isPhoneGranted: false, at: SandboxFixture.now)
        #expect(try code(sandbox.post(SandboxFixture.body(ticket: ticket), after: age)) == expected)
    }

    @Test(
        "refuses a wrong request with a code, and spends no ticket on it",
        arguments: [
            ("GET", SandboxFixture.path, #"{"ticket":"TICKET","secret":"secret"}"#, 405),
            ("POST", "/oauth/app2wxapp/auth/5e4cdd055df3df65dc58b97e", #"{"ticket":"TICKET","secret":"secret"}"#, 2010),
            ("POST", "/oauth/app2wxapp/auth/", #"{"ticket":"TICKET","secret":"secret"}"#, 2010),
            ("POST", SandboxFixture.path + "/", #"{"ticket":"TICKET","secret":"secret"}"#, 2010),
            ("POST", "/oauth/app2wxapp", #"{"ticket":"TICKET","secret":"secret"}"#, 404),
            ("POST", "/", #"{"ticket":"TICKET","secret":"secret"}"#, 404),
            ("POST", SandboxFixture.path, "", 400),
            ("POST", SandboxFixture.path, "ticket=TICKET&secret=secret", 400),
            ("POST", SandboxFixture.path, #"{"secret":"secret"}"#, 400),
            ("POST", SandboxFixture.path + "?ticket=TICKET", #"{"secret":"secret"}"#, 400),
            ("POST", SandboxFixture.path, #"{"ticket":7,"secret":"secret"}"#, 400),
            ("POST", SandboxFixture.path, #"{"ticket":"TICKET"}"#, 2020),
            ("POST", SandboxFixture.path, #"{"ticket":"TICKET","secret":"Secret"}"#, 2020),
            ("POST", SandboxFixture.path, #"{"ticket":"ticket","secret":"secret"}"#, 2207),
        ]
    )
    func refusal(method: String, target: String, body: String, expected: Int) throws {
        var sandbox = SandboxFixture()
        let ticket = try sandbox.state.mint(for: .johnDoe, isPhoneGranted: false, at: SandboxFixture.now)
        let refused = try sandbox.post(
            body.replacing("TICKET", with: ticket), method: method, target: target.replacing("TICKET", with: ticket))
        #expect(try code(refused) == expected)
        #expect(try code(sandbox.post(SandboxFixture.body(ticket: ticket))) == 200)
    }

    @Test("accepts the ticket alone if so configured")
    func withoutSecret() throws {
        var sandbox = SandboxFixture(requiresSecret: false)
        let ticket = try sandbox.state.mint(for: .johnDoe, isPhoneGranted: false, at: SandboxFixture.now)
        #expect(try code(sandbox.post(SandboxFixture.body(ticket: ticket, secret: nil))) == 200)
    }

    @Test("answers in the configured envelope", arguments: EnvelopeShape.allCases)
    func envelope(_ shape: EnvelopeShape) throws {
        var sandbox = SandboxFixture(envelope: shape)
        let ticket = try sandbox.state.mint(for: .johnDoe, isPhoneGranted: false, at: SandboxFixture.now)
        let answer = try JSONObject(SandboxFixture.text(sandbox.post(SandboxFixture.body(ticket: ticket))))
        let record =
            switch shape {
            case .bare: answer
            case .object, .statusCode: try answer.object("data")
            case .jsonText: try JSONObject(answer.text("data"))
            case .nested: try answer.object("data").object("data")
            }
        #expect(record.has("_id", SandboxUser.johnDoe.id))
    }

    @Test(
        "fails once when told to, before or after the ticket is redeemed",
        arguments: [
            (FaultMoment.beforeRedemption, 200), (.afterRedemption, 2207),
        ])
    func faultOfNext(_ moment: FaultMoment, then expected: Int) throws {
        var sandbox = SandboxFixture()
        sandbox.state.nextFaults = [SandboxFault(script: .reset, moment: moment)]
        let ticket = try sandbox.state.mint(for: .johnDoe, isPhoneGranted: false, at: SandboxFixture.now)
        #expect(try sandbox.post(SandboxFixture.body(ticket: ticket)).description == "reset")
        #expect(try code(sandbox.post(SandboxFixture.body(ticket: ticket))) == expected)
    }

    @Test("fails for one ticket whenever it is presented, and for no other")
    func faultOfTicket() throws {
        var sandbox = SandboxFixture()
        let fault = SandboxFault(script: .hang, moment: .beforeRedemption)
        let bad = try sandbox.state.mint(for: .johnDoe, isPhoneGranted: false, fault: fault, at: SandboxFixture.now)
        let good = try sandbox.state.mint(for: .johnDoe, isPhoneGranted: false, at: SandboxFixture.now)
        #expect(try sandbox.post(SandboxFixture.body(ticket: bad)).hangs)
        #expect(try code(sandbox.post(SandboxFixture.body(ticket: good))) == 200)
        #expect(try sandbox.post(SandboxFixture.body(ticket: bad)).hangs)
        #expect(sandbox.state.book.redemptions == 1)
    }
}
