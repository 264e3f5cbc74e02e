/// The unit of a number, and how to write it: kibibytes as mebibytes.
enum Unit {
    case times, perSecond, microseconds, milliseconds, kibibytes, megabytes, count

    func text(_ spread: Spread) -> String {
        let (median, least, greatest) = (number(spread.median), number(spread.least), number(spread.greatest))
        let range = spread.least == spread.greatest ? "" : " (\(least)–\(greatest))"
        return symbol.isEmpty ? median + range : "\(median) \(symbol)\(range)"
    }

    func number(_ value: Double) -> String {
        switch self {
        case .times: value.rounded(toPlaces: 2)
        case .perSecond: value.rounded(toPlaces: value < 100 ? 1 : 0)
        case .microseconds, .milliseconds, .megabytes, .count: value.rounded(toPlaces: 1)
        case .kibibytes: (value / 1024).rounded(toPlaces: 1)
        }
    }

    private var symbol: String {
        switch self {
        case .times: "×"
        case .perSecond: "/s"
        case .microseconds: "µs"
        case .milliseconds: "ms"
        case .kibibytes: "MiB"
        case .megabytes: "MB"
        case .count: ""
        }
    }
}
