import BrokerObservability
import BrokerTokens
import Foundation
import Hummingbird
import IdentityBroker
import StrictJSON

/// Endpoints for operations.
extension BrokerEndpoints {
    /// The paths of the operations endpoints, relative to the mount point.
    static let operationPaths: Set = ["/health/live", "/health/ready", "/metrics"]

    /// Adds only the operations endpoints, for a separate listener.
    func addOperations<Context: RequestContext>(to router: Router<Context>) {
        addHealth(to: router.group())
        addMetrics(to: router.group())
    }

    /// Adds health checks for supervisors and load balancers. They answer however busy the service is.
    func addHealth<Context: RequestContext>(to router: RouterGroup<Context>) {
        let (readiness, guards, networks) = (readiness, context.guards, metricsNetworks)
        let live = PreparedDocument(json: Data(#"{"status":"live"}"#.utf8))
        Route<Context>("health/live").get { _, _ in live.response }.add(to: router)
        Route<Context>("health/ready").get { [configuration] request, context in
            let answer = await readiness.answer()
            let isOperator = guards.origin(of: request, in: context).address.lies(in: networks.withLock { $0 })
            var members: JSONObject = ["status": .string(answer.rawValue)]
            if isOperator { members["configuration"] = configuration.map { .object($0().members) } }
            return Response(
                status: answer == .ready ? .ok : .serviceUnavailable, json: Data(members.jsonBytes))
        }.add(to: router)
    }

    /// Adds metrics for monitoring. They answer however busy the service is.
    func addMetrics<Context: RequestContext>(to router: RouterGroup<Context>) {
        let (guards, networks) = (context.guards, metricsNetworks)
        guard let metrics else { return }
        Route<Context>("metrics").get { request, context in
            let address = guards.origin(of: request, in: context).address
            guard address.lies(in: networks.withLock { $0 }) else {
                let error = OAuthError(.invalidRequest, "Metrics are not shown to this address.")
                return Response(error, status: .forbidden)
            }
            return Response(metrics: metrics.text())
        }.add(to: router)
    }
}

/// How the running service relates to its configuration, for operators.
public struct ConfigurationStatus: Sendable, Hashable {
    /// Whether the configuration was refused, so that an earlier one is still in effect.
    public var isRefused: Bool
    /// The changed settings that take effect only after a restart, such as `server.listen`.
    public var settingsNeedingRestart: [String]

    /// Makes a status.
    public init(isRefused: Bool = false, settingsNeedingRestart: [String] = []) {
        self.isRefused = isRefused
        self.settingsNeedingRestart = settingsNeedingRestart
    }

    /// The status as a word.
    private var word: String {
        if isRefused { return "refused" }
        return settingsNeedingRestart.isEmpty ? "current" : "needs_restart"
    }

    /// The status as JSON.
    var members: JSONObject {
        ["status": .string(word), "needs_restart": .strings(settingsNeedingRestart)]
    }
}
