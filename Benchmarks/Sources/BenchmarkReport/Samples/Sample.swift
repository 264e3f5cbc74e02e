import Foundation

/// One line of the file of samples: what was measured of which cell in which round.
struct Sample: Decodable {
    let suite: Suite
    let subject: String
    let inFlight: Int
    /// After how many milliseconds the upstream answers.
    let delay: Int
    let connections: Connections
    let round: Int
    let figures: [String: Double]

    init(line: Substring) throws {
        self = try JSONDecoder().decode(Sample.self, from: Data(line.utf8))
    }

    var cell: Cell {
        Cell(suite: suite, subject: subject, inFlight: inFlight, delay: delay, connections: connections)
    }
}
