import BrokerTesting
import LoopbackServer
import Testing

/// The built `broker` against upstreams that fail in every possible way.
@Suite("An upstream that fails")
struct UpstreamFaultTests {
    /// A fault, and how the command line must report it.
    struct Expectation: Sendable, CustomTestStringConvertible {
        let fault: FakeUpstream.Fault
        let kind: String
        let credential: String

        init(_ fault: FakeUpstream.Fault, _ kind: String, _ credential: String) {
            self.fault = fault
            self.kind = kind
            self.credential = credential
        }

        var testDescription: String { fault.description }
    }

    private static let ticket = "eyJhbGciOiJIUzI1NiJ9.canary-ticket-c9f0f895fb98ab91.sig"

    static let expectations: [Expectation] = [
        Expectation(.html, "upstream_misbehaved", "spent"),
        Expectation(.empty, "upstream_misbehaved", "spent"),
        Expectation(.halfJSON, "upstream_misbehaved", "spent"),
        Expectation(.deepNesting(100_000), "upstream_misbehaved", "spent"),
        Expectation(.invalidUTF8, "upstream_misbehaved", "spent"),
        Expectation(.endlessBody, "upstream_misbehaved", "unknown"),
        Expectation(.endlessHeaders, "upstream_misbehaved", "unknown"),
        Expectation(.lyingLength, "upstream_misbehaved", "unknown"),
        Expectation(.lyingShortLength, "upstream_misbehaved", "spent"),
        Expectation(.truncated, "upstream_misbehaved", "spent"),
        Expectation(.redirect, "upstream_misbehaved", "spent"),
        Expectation(.hangBeforeHeaders, "timed_out", "unknown"),
        Expectation(.hangAfterHeaders, "timed_out", "unknown"),
        Expectation(.hangInBody, "timed_out", "unknown"),
        Expectation(.unfinishedHeaders, "timed_out", "unknown"),
        Expectation(.resetBeforeResponse, "upstream_unavailable", "unknown"),
        Expectation(.resetInBody, "upstream_unavailable", "unknown"),
        Expectation(.closeBeforeResponse, "upstream_unavailable", "unknown"),
        Expectation(.notHTTP, "upstream_misbehaved", "unknown"),
        Expectation(.status(503), "upstream_unavailable", "spent"),
        Expectation(.status(429, headers: [.init("Retry-After", "7")]), "rate_limited", "spent"),
        Expectation(.certificateForAnotherHost, "upstream_unavailable", "unused"),
        Expectation(.certificateOfAnotherAuthority, "upstream_unavailable", "unused"),
        Expectation(.expiredCertificate, "upstream_unavailable", "unused"),
        Expectation(.obsoleteTLSVersion, "upstream_unavailable", "unused"),
        Expectation(.hangInHandshake, "timed_out", "unused"),
        Expectation(.resetInHandshake, "upstream_unavailable", "unused"),
    ]

    private static let statuses: [String: Int32] = [
        "upstream_misbehaved": 69, "upstream_unavailable": 69, "timed_out": 69, "rate_limited": 75,
    ]

    @Test("ends the login with its kind, and shows nothing secret", .timeLimit(.minutes(15)), arguments: expectations)
    func fault(_ expectation: Expectation) async throws {
        let workspace = try Workspace()
        let upstream = try await FakeUpstream.start(expectation.fault)
        let outcome = try await login(to: upstream, with: expectation, in: workspace)
        await upstream.stop()

        #expect(outcome.failure?["kind"] as? String == expectation.kind)
        #expect(outcome.failure?["credential"] as? String == expectation.credential)
        #expect(outcome.failure?["provider"] as? String == "wxapp")
        #expect(outcome.status == Self.statuses[expectation.kind])
        #expect(outcome.output.isEmpty)
        #expect(upstream.requests.count <= 1, "a ticket is sent at most once")
        for canary in [Self.ticket, "canary-ticket", Workspace.secret] {
            #expect(!outcome.error.contains(canary))
        }
    }

    /// A hanging upstream gets a short time limit, and a longer one only if the request did not even leave on a busy
    /// machine.
    private func login(
        to upstream: FakeUpstream,
        with expectation: Expectation,
        in workspace: borrowing Workspace
    ) async throws -> BrokerProcess.Outcome {
        let arrives = expectation.credential != "unused"
        var timeouts = !expectation.fault.hangs ? ["120s"] : arrives ? ["300ms", "3s", "30s"] : ["300ms"]
        while true {
            let configuration = try workspace.configuration(
                baseURL: upstream.baseURL, caFile: upstream.caFile, timeout: timeouts.removeFirst())
            let outcome = try await BrokerProcess.run(
                "login", "wxapp", "--ticket", Self.ticket, "--config", configuration,
                "--format", "json", "--log-level", "trace"
            )
            // The upstream does not know about a request that has left but was not read yet; the login does.
            let isUnused = outcome.failure?["credential"] as? String == "unused"
            guard isUnused, !timeouts.isEmpty else { return outcome }
        }
    }

    @Test("is covered, whatever faults are added")
    func coverage() {
        #expect(Self.expectations.map(\.fault.description) == FakeUpstream.Fault.all.map(\.description))
    }

    @Test("says after how many seconds to try again")
    func retryAfter() async throws {
        let workspace = try Workspace()
        let upstream = try await FakeUpstream.start(.status(429, headers: [.init("Retry-After", "7")]))
        let configuration = try workspace.configuration(baseURL: upstream.baseURL, caFile: upstream.caFile)
        let outcome = try await BrokerProcess.run(
            "login", "wxapp", "--ticket", Self.ticket, "--config", configuration, "--format", "json")
        await upstream.stop()
        #expect(outcome.failure?["retry_after"] as? Double == 7)
    }
}
