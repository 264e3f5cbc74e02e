import BrokerSandbox
import IdentityBroker
import Testing

@testable import BrokerCommands

@Suite("What a sandbox reports at startup")
struct SandboxReportTests {
    private func lines(
        _ name: String,
        _ credentials: [Credential],
        callback: String? = nil,
        signsInByRedirect: Bool = false
    ) -> [String] {
        let report = SandboxReport(
            displayName: "Example", id: "example", baseURL: "https://localhost:9", caFile: "/tmp/a b/ca.pem",
            configuration: "/tmp/a b/broker.yaml",
            people: [SandboxPerson("ada", "Ada Lovelace")],
            guide: SandboxGuide(
                credentialName: name, credentials: credentials, callback: callback,
                authorization: SandboxGuide.Authorization(url: "https://localhost:9/in?a=1&b=2", form: "as it is"),
                signsInByRedirect: signsInByRedirect))
        return report.text(in: .plain).split(separator: "\n").map { String($0.drop { $0 == " " }) }
    }

    @Test("names the command for a ticket, as a shell takes it")
    func ticket() {
        let lines = lines("ticket", [.ticket("t'1"), .ticket("t2")])
        #expect(lines.contains(#"broker login example --config '/tmp/a b/broker.yaml' --ticket 't'\''1'"#), "\(lines)")
        #expect(lines.contains("curl --cacert '/tmp/a b/ca.pem' 'https://localhost:9/in?a=1&b=2'"), "\(lines)")
    }

    @Test("names the command for what the other app hands back, if that is all that it takes")
    func callback() {
        let lines = lines("code", [.authorizationCode("c")], callback: "code=c&state=s")
        #expect(lines.contains("broker login example --config '/tmp/a b/broker.yaml' --callback 'code=c&state=s'"))
    }

    @Test("names the command for an app's code with its parts")
    func code() {
        let credential = Credential.authorizationCode(
            "c'1", parts: ["phone_code": Secret("p 1"), "iv": Secret("AA==")])
        let lines = lines("code", [credential])
        let command = "broker login example --config '/tmp/a b/broker.yaml'"
        #expect(lines.contains("\(command) --code 'c'\\''1' --with iv=AA== --with 'phone_code=p 1'"), "\(lines)")
    }

    @Test("names the command for an ID token with its nonce, and for a browser")
    func token() {
        let lines = lines("ID token", [.idToken("a.b+c", nonce: "n 1")], signsInByRedirect: true)
        let command = "broker login example --config '/tmp/a b/broker.yaml'"
        #expect(lines.contains("\(command) --id-token 'a.b+c' --nonce 'n 1'"), "\(lines)")
        #expect(lines.contains("\(command) --browser"), "\(lines)")
        #expect(lines.contains { $0.hasPrefix("person ") && $0.hasSuffix("ada: Ada Lovelace") }, "\(lines)")
    }

    @Test("shows how the service takes a credential for which the command has no option")
    func otherCredential() {
        let kind = CredentialKind(rawValue: "pass")
        let lines = lines("pass", [Credential(kind: kind, value: Secret("a.b+c"), nonce: Secret("n&1"))])
        #expect(!lines.contains { $0.contains("broker login") }, "\(lines)")
        let arguments = [
            "-d grant_type=urn:ietf:params:oauth:grant-type:token-exchange",
            "-d subject_token_type=urn:identity-broker:token-type:pass", "-d provider=example",
            "--data-urlencode 'subject_token=a.b+c'", "--data-urlencode 'nonce=n&1'",
        ]
        #expect(lines.contains(arguments.joined(separator: " ")), "\(lines)")
    }

    @Test("shows no command for a sandbox that mints nothing")
    func nothing() {
        #expect(!lines("ticket", []).contains { $0.contains("broker login") || $0.contains("grant_type") })
    }
}
