import CoreMetrics
import HTTPTypes
import Logging
import Metrics

/// What is counted and logged about a request.
struct RequestRecord: Sendable {
    /// The route that answers it, or `none`. The path itself could be anything, and as a label would create a time
    /// series each.
    private let route: String
    private let method: String
    private let status: Int
    private let address: ClientAddress

    init(route: String?, method: HTTPRequest.Method?, status: HTTPResponse.Status, address: ClientAddress) {
        // For an unknown path, the router has its own word, without a route's leading slash.
        self.route = route.flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "none"
        // A client's own method could be anything as well.
        self.method = method.flatMap { HTTPRequest.Method.known.contains($0) ? $0.rawValue : nil } ?? "other"
        self.status = status.code
        self.address = address
    }

    /// Counts the request.
    ///
    /// - Parameter metrics: Where to count it. An event loop has no task to take it from.
    func count(in metrics: any MetricsFactory = MetricsSystem.factory) {
        let dimensions = [("route", route), ("method", method), ("status", "\(status)")]
        Counter(label: "broker_http_requests_total", dimensions: dimensions, factory: metrics).increment()
    }

    /// Records how long the answer took.
    func measure(_ duration: Duration) {
        Metrics.Timer(label: "broker_http_request_duration_seconds", dimensions: [("route", route)])
            .record(duration: duration)
    }

    /// Writes the request's log line.
    ///
    /// - Parameter additions: Additional metadata.
    func log(_ duration: Duration, to logger: Logger, _ additions: Logger.Metadata = [:]) {
        let metadata: Logger.Metadata = [
            "http.route": "\(route)",
            "http.method": "\(method)",
            "http.status": "\(status)",
            "http.duration_ms": "\(Int((duration / .milliseconds(1)).rounded()))",
            "client.address": "\(address)",
        ]
        logger.info("request", metadata: metadata.merging(additions) { current, _ in current })
    }
}
