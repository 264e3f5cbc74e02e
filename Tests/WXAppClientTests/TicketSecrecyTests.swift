import Testing
import WXAppClient

@Suite("A ticket")
struct TicketSecrecyTests {
    private static let canary = "CANARY7c1f"

    @Test(
        "appears in no description, debug description, dump or mirror of a callback",
        arguments: [
            "code=200&ticket=CANARY7c1f",
            "code=200&message=CANARY7c1f&ticket=CANARY7c1f",
            "code=200&message=CANARY7c1f&ticket=CANARY7c1f%0A",
            "code=400&message=CANARY7c1f&ticket=CANARY7c1f",
            "code=500&message=CANARY7c1f&ticket=CANARY7c1f",
            "code=500&message=CANARY%007c1f&ticket=CANARY7c1f",
            "code=CANARY7c1f&ticket=CANARY7c1f",
            "message=CANARY7c1f&ticket=CANARY7c1f",
            "code=500&Ticket=CANARY7c1f",
        ])
    func callback(query: String) throws {
        let callback = try WXAppCallback(query: query)
        expectNoCanary(in: callback)
        expectNoCanary(in: callback.outcome)
        let response = try WXAppLaunchResponse(errCode: 0, extMsg: query)
        expectNoCanary(in: response)
        expectNoCanary(in: try WXAppLaunchResponse(errCode: -1, extMsg: query))
    }

    @Test("appears only in its value")
    func ticket() throws {
        let outcome = try WXAppCallback(query: "code=200&ticket=\(Self.canary)").outcome
        guard case .authorized(let ticket) = outcome else {
            Issue.record("a well-formed callback was not authorized")
            return
        }
        #expect(ticket.value == Self.canary)
        #expect(Mirror(reflecting: ticket).children.isEmpty)
        expectNoCanary(in: ticket)
        expectNoCanary(in: [ticket])
        expectNoCanary(in: Optional(ticket) as Any)
        expectNoCanary(in: ["ticket": ticket])
    }

    @Test(
        "appears in no error",
        arguments: [
            "code=200&ticket=CANARY7c1f&ticket=B",
            "code=200&ticket=B&ticket=CANARY7c1f",
            "code=CANARY7c1f&code=200&ticket=CANARY7c1f",
        ])
    func error(query: String) throws {
        expectNoCanary(in: try #require(throws: WXAppCallbackError.self) { try WXAppCallback(query: query) })
    }

    @Test("appears in no error about a callback that is too long")
    func tooLong() throws {
        let padding = String(repeating: "a", count: WXAppCallback.maximumLength)
        expectNoCanary(
            in: try #require(throws: WXAppCallbackError.self) {
                try WXAppCallback(query: "code=200&ticket=\(Self.canary)&padding=\(padding)")
            })
    }

    @Test("would be detected by these tests")
    func control() {
        struct Leak {
            let ticket: String
        }
        #expect(renderings(of: Leak(ticket: Self.canary)).allSatisfy { $0.contains(Self.canary) })
    }

    private func expectNoCanary(in value: Any, sourceLocation: SourceLocation = #_sourceLocation) {
        for rendering in renderings(of: value) {
            #expect(!rendering.contains(Self.canary), sourceLocation: sourceLocation)
        }
    }

    private func renderings(of value: Any) -> [String] {
        var dumped = ""
        dump(value, to: &dumped)
        return [String(describing: value), String(reflecting: value), dumped, children(of: value)]
    }

    /// Every label and every leaf below a value, found by walking mirrors.
    private func children(of value: Any) -> String {
        Mirror(reflecting: value).children
            .map { "\($0.label ?? "")=\($0.value)(\(children(of: $0.value)))" }
            .joined(separator: ",")
    }
}
