import BrokerTesting
import Foundation
import HTTPTypes
import Logging
import StrictJSON
import Testing

@testable import IdentityBroker

@Suite("The answer to a redirect", .timeLimit(.minutes(15)))
struct RedirectAnswerTests {
    private let bench = RedirectBench()

    /// The browser's answer, with `STATE` for the flow's state.
    @Test(
        "fails the login if it is wrong, and nothing is sent",
        arguments: [
            ("code=abc", .invalidCredential), ("code=abc&state=", .invalidCredential),
            ("code=abc&state=wrong", .invalidCredential), ("state=STATE", .invalidCredential),
            ("code=&state=STATE", .invalidCredential), ("code=a&code=b&state=STATE", .invalidCredential),
            ("code=abc&state=STATE&state=STATE", .invalidCredential), ("code=%zz&state=STATE", .invalidCredential),
            ("code=%ff&state=STATE", .invalidCredential), ("code=a%20b&state=STATE", .invalidCredential),
            ("code=abc&state=STATE&iss=https://evil.example", .invalidCredential),
            ("error=access_denied&state=STATE", .cancelledByUser),
            ("error=access_denied&code=abc&state=STATE", .cancelledByUser),
            ("error=access_denied", .invalidCredential), ("error=login_required&state=STATE", .interactionRequired),
            ("error=server_error&state=STATE", .upstreamUnavailable), ("error=odd&state=STATE", .invalidCredential),
            ("error=invalid_scope&state=STATE", .misconfigured), ("", .invalidCredential),
        ] as [(String, BrokerError.Kind)]
    )
    func wrongAnswers(_ query: String, _ kind: BrokerError.Kind) async throws {
        let broker = try bench.makeBroker()
        let flow = try await broker.beginRedirect("site", returningTo: RedirectBench.uri).flow
        let callback = query.replacing("STATE", with: flow.state.reveal())
        let error = try #require(await bench.refusal(broker, of: .callback(callback, of: flow)))
        #expect((error.kind, error.credential) == (kind, .unused))
        #expect(bench.transport.sendings.isEmpty)
        #expect(bench.store.auditEvents.map(\.failure) == [kind.rawValue])
    }

    @Test("is refused at another instance than the one that the login began with")
    func mixUp() async throws {
        let broker = try bench.makeBroker()
        let flow = try await broker.beginRedirect("site", returningTo: RedirectBench.uri).flow
        let credential = Credential.callback("code=abc&state=\(flow.state.reveal())", of: flow)
        #expect(await bench.refusal(broker, of: credential, at: "another-site")?.kind == .invalidCredential)
        #expect(await bench.refusal(broker, of: credential, at: Bench.id)?.kind == .misconfigured)
    }

    /// Whether the upstream identifies itself (RFC 9207), an answer with or without an issuer, and the result.
    @Test(
        "may name its issuer, which is checked, and need not in an error",
        arguments: [
            (true, "code=abc", .invalidCredential), (true, "code=abc&iss=https://evil.example", .invalidCredential),
            (true, "code=abc&iss=https://upstream.example/pool/", .invalidCredential),
            (true, "error=login_required", .interactionRequired),
            (true, "error=login_required&iss=https://evil.example", .invalidCredential),
            (false, "error=login_required&iss=https://evil.example", .invalidCredential),
            (true, "code=abc&iss=https%3A%2F%2Fupstream.example%2Fpool", nil),
            (false, "code=abc&iss=https%3A%2F%2Fupstream.example%2Fpool", nil), (false, "code=abc", nil),
        ] as [(Bool, String, BrokerError.Kind?)]
    )
    func issuer(namesItself: Bool, _ answer: String, _ kind: BrokerError.Kind?) async throws {
        let broker = try bench.makeBroker(
            .init { flow, _ in
                AuthorizationRequest(url: RedirectProvider.url(for: flow), namesItself: namesItself)
            })
        let flow = try await broker.beginRedirect("site", returningTo: RedirectBench.uri).flow
        // The flow is restored from a session store.
        let restored = try #require(RedirectFlow(stored: flow.stored))
        let query = "\(answer)&state=\(flow.state.reveal())"
        if let kind {
            #expect(await bench.refusal(broker, of: .callback(query, of: restored))?.kind == kind)
            #expect(bench.transport.sendings.isEmpty)
        } else {
            #expect(try await broker.login("site", with: .callback(query, of: restored)).subject == "person-1")
        }
    }

    @Test("may name another issuer that the type declares", arguments: [false, true])
    func otherIssuer(isRight: Bool) async throws {
        let broker = try bench.makeBroker(.init(form: RedirectForm(issuers: ["https://login.upstream.example"])))
        let flow = try await broker.beginRedirect("site", returningTo: RedirectBench.uri).flow
        let name = isRight ? "https://login.upstream.example" : "https://upstream.example/pool"
        let query = "code=abc&state=\(flow.state.reveal())&iss=\(name)"
        let kind = isRight ? nil : BrokerError.Kind.invalidCredential
        #expect(try await bench.outcome(broker, of: .callback(query, of: flow)) == kind)
    }

    @Test(
        "may name an issuer of a template that the type declares, with one word for each in braces",
        arguments: [
            ("https://a.example/t-1/v2", true), ("https://a.example//v2", false), ("https://a.example/a/b/v2", false),
            ("https://a.example/a%2525/v2", false), ("https://a.example/t-1/v3", false),
            ("https://b.example/t-1/v2", false),
            ("https://a.example/\(String(repeating: "t", count: 65))/v2", false),
        ])
    func issuerTemplate(name: String, isRight: Bool) async throws {
        let named = Locked<String?>(nil)
        let broker = try bench.makeBroker(
            .init(
                form: RedirectForm(issuers: ["https://a.example/{tenant}/v2"]),
                beforeExchange: { credential, _ in named.withLock { $0 = credential.issuer } }))
        let flow = try await broker.beginRedirect("site", returningTo: RedirectBench.uri).flow
        let query = "code=abc&state=\(flow.state.reveal())&iss=\(name)"
        #expect(try await bench.outcome(broker, of: .callback(query, of: flow)) == (isRight ? nil : .invalidCredential))
        #expect(named.withLock { $0 } == (isRight ? name : nil))
    }

    @Test(
        "has the code in the declared parameters, which must agree",
        arguments: [
            ("authCode=abc", nil), ("code=abc", nil), ("authCode=abc&code=abc", nil), ("authCode=&code=abc", nil),
            ("authCode=abc&code=abd", .invalidCredential), ("authCode=abc&authCode=abc", .invalidCredential),
            ("auth_code=abc", .invalidCredential),
        ] as [(String, BrokerError.Kind?)]
    )
    func codeNames(_ answer: String, _ kind: BrokerError.Kind?) async throws {
        let broker = try bench.makeBroker(.init(form: RedirectForm(codeParameters: ["authCode", "code"])))
        let flow = try await broker.beginRedirect("site", returningTo: RedirectBench.uri).flow
        let query = "\(answer)&state=\(flow.state.reveal())"
        #expect(try await bench.outcome(broker, of: .callback(query, of: flow)) == kind)
    }

    @Test("gives the provider the further parameters that it declared, each at most once")
    func furtherParameters() async throws {
        let broker = try bench.makeBroker(.init(form: RedirectForm(furtherParameters: ["user", "device_id"])))
        let start = try await broker.beginRedirect("site", returningTo: RedirectBench.uri)
        let query = "code=abc&state=\(start.flow.state.reveal())&user=%7B%22n%22%3A1%7D&device_id=&other=x&other=y"
        let identity = try await broker.login("site", with: .callback(query, of: start.flow))
        #expect(identity.attributes == ["user": .string(#"{"n":1}"#)])
        let again = try await broker.beginRedirect("site", returningTo: RedirectBench.uri)
        let twice = "code=abd&state=\(again.flow.state.reveal())&user=a&user=a"
        #expect(try await bench.outcome(broker, of: .callback(twice, of: again.flow)) == .invalidCredential)
    }

    @Test("has parts that errors and logs do not repeat, however short, and that the identity may contain")
    func shortParts() async throws {
        let (log, isFailing) = (LogRecording(), Locked(false))
        let settings = RedirectProvider.Settings(
            form: RedirectForm(furtherParameters: ["device_id", "scope", "ticket"]),
            beforeExchange: { credential, exchange in
                guard isFailing.withLock({ $0 }) else { return }
                let parts = credential.parts.values.map { $0.reveal() }.sorted()
                for part in parts { exchange.logger.info("part", metadata: ["value": "\(part)"]) }
                throw BrokerError(
                    .upstreamMisbehaved, "The upstream knows nothing of \(parts.joined(separator: ", ")).")
            })
        let broker = try bench.makeBroker(settings, logger: log.makeLogger())
        func answer(_ code: String) async throws -> Credential {
            let flow = try await broker.beginRedirect("site", returningTo: RedirectBench.uri).flow
            let parts = "device_id=device-77&scope=profile&ticket=0123456789abcdef"
            return .callback("code=\(code)&state=\(flow.state.reveal())&\(parts)", of: flow)
        }
        let identity = try await broker.login("site", with: answer("abc"))
        #expect(identity.attributes == ["device_id": "device-77", "scope": "profile", "ticket": "<redacted>"])
        isFailing.withLock { $0 = true }
        let error = try #require(await bench.refusal(broker, of: try await answer("abd")))
        // A word within a text is no secret.
        #expect(error.message == "The upstream knows nothing of <redacted>, <redacted>, profile.")
        let values = log.entries.filter { $0.message == "part" }.map { $0.metadata["value"] }
        #expect(values == ["<redacted>", "<redacted>", "<redacted>"])
    }

    @Test("returns by the requested method", arguments: RedirectForm.ResponseMode.allCases)
    func responseMode(_ mode: RedirectForm.ResponseMode) async throws {
        let broker = try bench.makeBroker(
            .init(form: RedirectForm(responseMode: mode)) { flow, _ in
                AuthorizationRequest(url: "\(RedirectProvider.url(for: flow))&response_mode=\(mode.rawValue)")
            })
        let flow = try await broker.beginRedirect("site", returningTo: RedirectBench.uri).flow
        let text = "code=abc&state=\(flow.state.reveal())"
        for other in RedirectForm.ResponseMode.allCases where other != mode {
            #expect(try await bench.outcome(broker, of: .callback(text, of: flow, by: other)) == .invalidCredential)
        }
        #expect(try await bench.outcome(broker, of: .callback(text, of: flow, by: mode)) == nil)
    }

    @Test(
        "means that the user did not agree if its code is one that the type names",
        arguments: [("user_cancelled", BrokerError.Kind.cancelledByUser), ("other", .invalidCredential)])
    func cancellation(code: String, kind: BrokerError.Kind) async throws {
        let bench = RedirectBench()
        let broker = try bench.makeBroker(.init(form: RedirectForm(cancellationCodes: ["user_cancelled"])))
        let flow = try await broker.beginRedirect("site", returningTo: RedirectBench.uri).flow
        let answer = Credential.callback("error=\(code)&state=\(flow.state.reveal())", of: flow)
        #expect(await bench.refusal(broker, of: answer)?.kind == kind)
    }
}
