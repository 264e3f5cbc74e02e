import Testing

@testable import BrokerObservability

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A pipe for log lines.
struct LogPipe {
    let reading: Int32
    let writing: Int32

    init() throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        (reading, writing) = (ends[0], ends[1])
    }

    /// Reads until the writing end is closed, and closes the reading end.
    func text() -> String {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while case let count = read(reading, &chunk, chunk.count), count > 0 { bytes += chunk[..<count] }
        close(reading)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// What the body writes, which must not exceed a pipe's capacity.
    static func text(of body: (LogOutput) throws -> Void) throws -> String {
        let pipe = try LogPipe()
        let result = Result { try body(LogOutput(descriptor: pipe.writing)) }
        close(pipe.writing)
        let text = pipe.text()
        try result.get()
        return text
    }
}
