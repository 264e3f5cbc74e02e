import BrokerTesting
import HTTPTypes

@testable import IdentityBroker

extension GuardedTransport {
    /// The guarded transport of a login with the ticket `abc/123+def`, ten seconds before its deadline.
    static func example(
        over transport: ScriptedTransport = ScriptedTransport(),
        credential: Credential = .guarded,
        clock: TestClock = TestClock(),
        egress: EgressPolicy = EgressPolicy()
    ) -> GuardedTransport {
        GuardedTransport(
            transport,
            policy: TransportPolicy(egress: egress),
            deadline: Deadline(in: .seconds(10), by: BrokerClock(clock, now: clock.wallClock)),
            secret: credential.value
        )
    }

    /// Why a request is refused, or nil if it is sent and answered.
    func refusal(of request: UpstreamRequest) async -> BrokerError? {
        do throws(BrokerError) {
            _ = try await send(request)
            return nil
        } catch {
            return error
        }
    }
}

extension Credential {
    /// A ticket that is spelled differently in URLs and in JSON documents.
    static let guarded = Credential.ticket("abc/123+def")
}

extension UpstreamURL {
    static func example(_ segments: String..., scheme: String = "https") -> UpstreamURL {
        guard let url = UpstreamURL("\(scheme)://upstream.example") else { preconditionFailure("no URL") }
        return segments.reduce(url) { $0.appending($1) }
    }
}

extension UpstreamRequest {
    /// The request that redeems a credential.
    static func redeeming(_ credential: Credential) -> UpstreamRequest {
        .post(
            json: Array(#"{"ticket":""#.utf8) + credential.value.revealBytes() + Array(#""}"#.utf8),
            to: .example("redeem"))
    }

    /// A request that has nothing to do with any credential.
    static func keys(_ name: String = "jwks") -> UpstreamRequest {
        UpstreamRequest(method: .get, url: .example(name))
    }
}

extension SharedValues {
    /// The shared values of an instance without a broker.
    static func example() throws -> SharedValues {
        SharedValues(
            of: try Bench.instance(), over: ScriptedTransport(), clock: .system, logger: LogRecording().makeLogger())
    }
}

extension SharedValue where Value == String {
    /// The text of the upstream's answer.
    static func text(
        _ name: String = "keys",
        within bounds: SharedValueBounds = SharedValueBounds()
    ) -> SharedValue {
        SharedValue(name, from: .keys(name), within: bounds) { response in
            guard response.status == .ok else { throw BrokerError(.upstreamUnavailable, "No keys now.") }
            return String(decoding: response.body, as: UTF8.self)
        }
    }
}
