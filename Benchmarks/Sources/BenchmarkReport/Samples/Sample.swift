import Foundation

/// One line of the samples file: the measurements of one cell in one round.
struct Sample: Decodable {
    let suite: Suite
    let subject: String
    let inFlight: Int
    /// The upstream's delay before it answers, in milliseconds.
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
