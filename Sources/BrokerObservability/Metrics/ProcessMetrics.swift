#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What the process uses of the machine, under the names of [Prometheus's client
/// libraries](https://prometheus.io/docs/instrumenting/writing_clientlibs/#process-metrics).
///
/// Values that the system does not report are left out; only Linux reports them all.
package struct ProcessMetrics: Sendable {
    /// When the process started, in seconds since 1970; nil if the system does not report it.
    private let startTime: Double?

    package init() {
        startTime = Self.status.flatMap { status in
            Self.bootTime.map { $0 + Double(status.startTicks) / Self.ticksPerSecond }
        }
    }

    /// The current values.
    package func current() -> [ObservedMetric] {
        var metrics: [ObservedMetric] = []
        func add(_ name: String, _ value: Double?, _ help: String, kind: MetricKind = .gauge) {
            guard let value else { return }
            metrics.append(ObservedMetric(name: "process_\(name)", kind: kind, help: help, value: value))
        }
        let status = Self.status
        add(
            "cpu_seconds_total", status.map { Double($0.processorTicks) / Self.ticksPerSecond },
            "User and system CPU time spent, in seconds.", kind: .counter)
        add("open_fds", Double(DescriptorLimit.inUse), "Number of open file descriptors.")
        add("max_fds", DescriptorLimit.current.map { Double($0) }, "Maximum number of open file descriptors.")
        add("virtual_memory_bytes", status.map { Double($0.virtualBytes) }, "Virtual memory size, in bytes.")
        add(
            "resident_memory_bytes", status.map { Double($0.residentPages) * Double(getpagesize()) },
            "Resident memory size, in bytes.")
        add("start_time_seconds", startTime, "Start time of the process, in seconds since the Unix epoch.")
        add("threads", status.map { Double($0.threads) }, "Number of threads.")
        return metrics
    }

    private static var status: ProcessStatus? {
        contents(of: "/proc/self/stat").flatMap { ProcessStatus($0) }
    }

    /// When the system started, in seconds since 1970.
    private static var bootTime: Double? {
        let line = contents(of: "/proc/stat")?.split(separator: "\n").first { $0.hasPrefix("btime ") }
        return line.flatMap { Double($0.dropFirst("btime ".count)) }
    }

    private static var ticksPerSecond: Double { Double(max(1, sysconf(CInt(_SC_CLK_TCK)))) }

    /// The contents of a file in `/proc`, whose size is not known before it is read.
    private static func contents(of path: String) -> String? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var contents: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 4096)
        while case let count = read(file, &part, part.count), count > 0 { contents += part[..<count] }
        return String(decoding: contents, as: UTF8.self)
    }
}

/// What Linux reports about a process in `/proc/[pid]/stat` (proc_pid_stat(5)).
struct ProcessStatus: Sendable, Hashable {
    /// The CPU time it has used, in clock ticks.
    let processorTicks: UInt64
    /// The number of its threads.
    let threads: Int
    /// When it started, in clock ticks since boot.
    let startTicks: UInt64
    /// The size of its virtual memory, in bytes.
    let virtualBytes: UInt64
    /// The size of its resident memory, in pages.
    let residentPages: UInt64

    /// Reads the line. Returns nil if it has another form.
    init?(_ line: some StringProtocol) {
        // The second field is the program's name in parentheses, and may itself contain spaces and parentheses.
        guard let end = line.lastIndex(of: ")") else { return nil }
        let fields = line[line.index(after: end)...].split(separator: " ")
        // The first of them is field 3 of the manual page.
        func field<Number: FixedWidthInteger>(_ number: Int) -> Number? {
            fields.indices.contains(number - 3) ? Number(fields[number - 3].trimmed) : nil
        }
        guard
            let user: UInt64 = field(14), let system: UInt64 = field(15), let threads: Int = field(20),
            let start: UInt64 = field(22), let virtual: UInt64 = field(23), let resident: UInt64 = field(24)
        else { return nil }
        processorTicks = user &+ system
        self.threads = threads
        startTicks = start
        virtualBytes = virtual
        residentPages = resident
    }
}

extension StringProtocol {
    /// The text without a trailing line break.
    fileprivate var trimmed: SubSequence { last == "\n" ? dropLast() : self[...] }
}
