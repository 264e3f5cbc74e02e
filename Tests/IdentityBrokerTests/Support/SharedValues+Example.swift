import BrokerTesting
import HTTPTypes

@testable import IdentityBroker

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
