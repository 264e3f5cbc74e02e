import LoopbackServer
import Testing

@testable import BrokerSandbox

@Suite("What a sandbox reads of a request")
struct FormTextTests {
    @Test("is split by bytes, where a combining character follows a separator")
    func bytes() {
        #expect(FormText.parameters(in: "a=\u{301}1&\u{301}b=2") == ["a": "\u{301}1", "\u{301}b": "2"])
        #expect(FormText.parameters(in: "a=1&a=2") == nil && FormText.parameters(in: "a=%f") == nil)
        #expect(
            FormText.parameters(in: "a=b+c%2B&d")?.mapValues { Array($0.utf8) } == ["a": Array("b c+".utf8), "d": []])
        let request = ReceivedRequest(method: "GET", target: "/a?\u{301}b=1")
        #expect(request.path == "/a" && request.query == "\u{301}b=1")
    }

    @Test("has the choice of a person at its end")
    func choice() {
        let chosen = Page.choice(in: "state=a&sandbox_choice=grace", among: Person.all)
        #expect(chosen.query == "state=a" && chosen.decision == .agree(Person.all[1]))
        #expect(Page.choice(in: "a=\u{301}&sandbox_choice=cancel", among: Person.all).decision == .refuse)
        #expect(Page.choice(in: "a=1&sandbox_choice=eve", among: Person.all).decision == nil)
        #expect(Page.choice(in: "sandbox_choice=ada&a=1", among: Person.all).decision == nil)
    }

    @Test(
        "is a redirect URI only byte by byte, and at a port in digits",
        arguments: [
            ("https://app.example/caf\u{E9}", true), ("https://app.example/cafe\u{301}", false),
            ("http://127.0.0.1/callback", true), ("http://127.0.0.1:80/callback", true),
            ("http://127.0.0.1:+80/callback", false), ("http://127.0.0.1:-0/callback", false),
            ("http://127.0.0.1:/callback", false), ("http://127.0.0.1:65536/callback", false),
            ("http://127.0.0.1.example/callback", false), ("http://127.0.0.1", false), ("http://127.0.0.1:80", false),
        ])
    func redirectURI(uri: String, isKnown: Bool) {
        let uris = RedirectURIs(["https://app.example/caf\u{E9}"], loopbackPath: "/callback")
        #expect(uris.contains(uri) == isKnown)
    }
}
