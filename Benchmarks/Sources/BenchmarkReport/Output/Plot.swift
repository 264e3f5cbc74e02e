import Foundation

/// CPU time per request by the number in flight, on kept connections: one panel for each delay measured.
struct Plot {
    private let panels: [PlotPanel]

    init(_ results: Results) {
        panels = [0, 20, 200]
            .map { PlotPanel(results, delay: $0) }
            .filter { !$0.series.isEmpty }
    }

    var svg: String {
        let width = PlotPanel.width * max(panels.count, 1)
        let content = panels.enumerated().map { index, panel in
            "<g transform=\"translate(\(index * PlotPanel.width) 0)\">\n\(panel.svg)\n</g>"
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(PlotPanel.height)" \
            font-family="sans-serif" font-size="11">
            <rect width="100%" height="100%" fill="white"/>
            \(content.joined(separator: "\n"))
            </svg>

            """
    }
}
