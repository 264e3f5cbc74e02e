public import CoreMetrics
import IdentityBroker

/// Collects the process's metrics and writes them in Prometheus's text exposition format, version 0.0.4.
///
/// Counters stay counters; meters, and recorders that do not aggregate, become gauges. Timers become histograms in
/// seconds, and aggregating recorders histograms in their own unit. In names, characters that Prometheus does not allow
/// become underscores.
///
/// The number of series is bounded. A metric beyond the bound, or one whose name is taken by another kind of metric,
/// still works but is not exported; `prometheus_registry_refused_total` counts these refusals.
public final class PrometheusRegistry: Sendable {
    /// The media type of ``text()``.
    public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// Bucket bounds for times, in seconds: 1 ms to 30 s.
    public static let secondsBounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

    /// Bucket bounds for counts and sizes: the powers of four from 1 to 16 Mi.
    public static let sizeBounds = (0...12).map { Double(1 << ($0 * 2)) }

    private let timerBounds: [Double]
    private let recorderBounds: [Double]
    private let catalog: Locked<MetricCatalog>
    private let refusals: [MetricCatalog.Refusal: CounterSeries]
    private let observers: Locked<[@Sendable () -> [ObservedMetric]]> = Locked([])

    /// Creates a registry that contains only its own metrics.
    ///
    /// - Parameters:
    ///   - capacity: The maximum number of series; at least 2, which the registry itself needs.
    ///   - timerBounds: The upper bounds of the buckets for times, in seconds and in ascending order. The `+Inf` bucket
    ///     is added.
    ///   - recorderBounds: The same for recorders, in their own units.
    ///   - help: Help texts by exported name, in addition to those of the broker's own metrics. A metric without one is
    ///     described by its label.
    public init(
        capacity: Int = 10_000,
        timerBounds: [Double] = secondsBounds,
        recorderBounds: [Double] = sizeBounds,
        help: [String: String] = [:]
    ) {
        self.timerBounds = timerBounds
        self.recorderBounds = recorderBounds
        var catalog = MetricCatalog(
            capacity: capacity, help: help.merging(Self.brokerHelp) { given, _ in given })
        var refusals: [MetricCatalog.Refusal: CounterSeries] = [:]
        for refusal in MetricCatalog.Refusal.allCases {
            let series = CounterSeries()
            _ = try? catalog.add(series, for: HandleKey(.counter, Self.refusedName, [("reason", refusal.rawValue)]))
            refusals[refusal] = series
        }
        self.catalog = Locked(catalog)
        self.refusals = refusals
    }

    /// The current values of all metrics, ordered by name and labels.
    public func text() -> String {
        let families = catalog.withLock { $0.sortedFamilies }
        let names = Set(families.map(\.name))
        let observed = observers.withLock { $0 }.flatMap { $0() }.map(\.family).filter { !names.contains($0.name) }
        return (families + observed).sorted { $0.name < $1.name }
            .reduce(into: "") { text, family in family.write(to: &text) }
    }

    /// Adds metrics that are read at each scrape. One whose name a registered metric has is left out.
    package func observe(_ observer: @escaping @Sendable () -> [ObservedMetric]) {
        observers.withLock { $0.append(observer) }
    }

    private func series<Series: MetricSeries>(
        _ kind: MetricKind,
        _ label: String,
        _ dimensions: [(String, String)],
        _ make: () -> Series
    ) -> Series {
        let key = HandleKey(kind, label, dimensions)
        if let known = catalog.withLock({ $0.known(key) }) as? Series { return known }
        let new = make()
        do throws(MetricCatalog.Refusal) {
            return try catalog.withLock { catalog throws(MetricCatalog.Refusal) in
                try catalog.add(new, for: key)
            } as? Series ?? new
        } catch {
            refusals[error]?.increment(by: 1.0)
            return new
        }
    }

    private func remove(_ handler: AnyObject) {
        catalog.withLock { $0.remove(handler) }
    }
}

extension PrometheusRegistry: MetricsFactory {
    /// Makes a counter.
    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        series(.counter, label, dimensions) { CounterSeries() }
    }

    /// Makes a counter of fractions.
    public func makeFloatingPointCounter(
        label: String,
        dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        series(.counter, label, dimensions) { CounterSeries() }
    }

    /// Makes a gauge.
    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        series(.gauge, label, dimensions) { GaugeSeries() }
    }

    /// Makes a histogram, or a gauge if the recorder does not aggregate.
    public func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        guard aggregate else { return series(.gauge, label, dimensions) { GaugeSeries() } }
        return series(.histogram, label, dimensions) { HistogramSeries(bounds: recorderBounds) }
    }

    /// Makes a histogram in seconds.
    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        series(.histogram, label, dimensions) { HistogramSeries(bounds: timerBounds) }
    }

    /// Removes the counter.
    public func destroyCounter(_ handler: any CounterHandler) { remove(handler) }

    /// Removes the counter.
    public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) { remove(handler) }

    /// Removes the gauge.
    public func destroyMeter(_ handler: any MeterHandler) { remove(handler) }

    /// Removes the recorder.
    public func destroyRecorder(_ handler: any RecorderHandler) { remove(handler) }

    /// Removes the timer.
    public func destroyTimer(_ handler: any TimerHandler) { remove(handler) }
}

/// A metric whose value is read at each scrape instead of being kept up to date.
package struct ObservedMetric: Sendable, Hashable {
    let name: String
    let kind: MetricKind
    let help: String
    let value: Double

    /// The metric's family, with a single series without labels.
    var family: MetricFamily {
        MetricFamily(name: name, kind: kind, help: help, series: ["": ObservedSeries(value: value)])
    }
}

/// A value as read.
private final class ObservedSeries: MetricSeries {
    private let value: Double

    init(value: Double) {
        self.value = value
    }

    func samples() -> [MetricSample] {
        [MetricSample(value: value)]
    }
}
