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
