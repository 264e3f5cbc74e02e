/// What Linux says of a process in `/proc/[pid]/stat` (proc_pid_stat(5)).
struct ProcessStatus: Sendable, Hashable {
    /// How long it has used processors, in clock ticks.
    let processorTicks: UInt64
    /// How many threads it has.
    let threads: Int
    /// When it started after the system's boot, in clock ticks.
    let startTicks: UInt64
    /// Its virtual memory, in bytes.
    let virtualBytes: UInt64
    /// Its resident memory, in pages.
    let residentPages: UInt64

    /// Reads the line. Returns nil if it is of another form.
    init?(_ line: some StringProtocol) {
        // The second field is the program's name in parentheses, and may hold spaces and parentheses of its own.
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
    /// The text without the line break at its end.
    fileprivate var trimmed: SubSequence { last == "\n" ? dropLast() : self[...] }
}
