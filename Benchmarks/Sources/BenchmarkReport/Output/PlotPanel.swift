import Foundation

/// The lines of all clients for one delay. Both axes are logarithmic.
struct PlotPanel {
    static let width = 490
    static let height = 380

    let series: [PlotSeries]
    private let delay: Int
    private let left = 50.0
    private let right = 290.0
    private let top = 40.0
    private let bottom = 330.0

    init(_ results: Results, delay: Int) {
        self.delay = delay
        series = PlotSeries.drawn.compactMap { PlotSeries(results, subject: $0, color: $1, delay: delay) }
    }

    var svg: String {
        let title = "<text x=\"\(left)\" y=\"22\" font-size=\"13\">CPU µs a request, upstream of \(delay) ms</text>"
        return ([title] + grid + series.enumerated().map { line($1, at: $0) }).joined(separator: "\n")
    }

    private func x(_ inFlight: Int) -> Double {
        left + (right - left) * log10(Double(inFlight)) / 3
    }

    /// From 10 µs at the bottom to 1,000 at the top; values outside are drawn at the edge.
    private func y(_ microseconds: Double) -> Double {
        bottom - (bottom - top) * (log10(min(max(microseconds, 10), 1000)) - 1) / 2
    }

    private var grid: [String] {
        let rows = [10, 20, 50, 100, 200, 500, 1000].map { value in
            let y = y(Double(value)).rounded(toPlaces: 1)
            return """
                <line x1="\(left)" x2="\(right)" y1="\(y)" y2="\(y)" stroke="#e4e4e4"/>
                <text x="\(left - 6)" y="\(y)" text-anchor="end" dominant-baseline="middle">\(value)</text>
                """
        }
        let columns = [1, 16, 64, 256, 1000].map { value in
            let x = x(value).rounded(toPlaces: 1)
            return """
                <line x1="\(x)" x2="\(x)" y1="\(top)" y2="\(bottom)" stroke="#e4e4e4"/>
                <text x="\(x)" y="\(bottom + 16)" text-anchor="middle">\(value)</text>
                """
        }
        let caption = "<text x=\"\((left + right) / 2)\" y=\"\(bottom + 34)\" text-anchor=\"middle\">in flight</text>"
        return rows + columns + [caption]
    }

    private func line(_ series: PlotSeries, at row: Int) -> String {
        let points = series.points.map {
            "\(x($0.inFlight).rounded(toPlaces: 1)),\(y($0.spread.median).rounded(toPlaces: 1))"
        }
        let bars = series.points.map { point in
            let x = x(point.inFlight).rounded(toPlaces: 1)
            let (low, high) = (y(point.spread.least), y(point.spread.greatest))
            return """
                <line x1="\(x)" x2="\(x)" y1="\(low.rounded(toPlaces: 1))" y2="\(high.rounded(toPlaces: 1))" \
                stroke="\(series.color)" stroke-opacity="0.5"/>
                """
        }
        let legend = top + 8 + Double(row) * 18
        return """
            <polyline points="\(points.joined(separator: " "))" fill="none" stroke="\(series.color)" stroke-width="2"/>
            \(bars.joined(separator: "\n"))
            <line x1="\(right + 12)" x2="\(right + 28)" y1="\(legend)" y2="\(legend)" stroke="\(series.color)" \
            stroke-width="2"/>
            <text x="\(right + 33)" y="\(legend)" dominant-baseline="middle">\(series.subject)</text>
            """
    }
}
