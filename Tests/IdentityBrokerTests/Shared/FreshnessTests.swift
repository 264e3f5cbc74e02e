import HTTPTypes
import Testing

@testable import IdentityBroker

@Suite("An answer's stated freshness")
struct FreshnessTests {
    @Test(
        "is read from Cache-Control and Age",
        arguments: [
            (["max-age=60"], nil, 60), (["public, max-age=19845, must-revalidate"], nil, 19845),
            (["MAX-AGE = 60"], nil, 60), ([#"max-age="60""#], nil, 60), (["max-age=60"], "45", 15),
            (["max-age=60"], "61", 0), (["max-age=60"], "soon", 60), (["max-age=60", "max-age=30"], nil, 30),
            (["max-age=60, s-maxage=30"], nil, 30), (["s-maxage=90, max-age=60"], nil, 90),
            (["no-store, max-age=60"], nil, 0), (["max-age=60, no-cache"], nil, 0), (["max-age=never"], nil, 0),
            (["max-age=-1"], nil, 0), (["max-age"], nil, 0), (["max-age="], nil, 0),
            (["max-age=99999999999999999999999"], nil, Int(Int32.max)), (["public"], nil, nil), ([], "5", nil),
            ([""], nil, nil), ([",, ,=,"], nil, nil), (["xmax-age=60"], nil, nil),
        ] as [([String], String?, Int?)]
    )
    func cacheControl(_ fields: [String], _ age: String?, _ seconds: Int?) {
        var response = UpstreamResponse.ok
        for field in fields { response.headerFields.append(HTTPField(name: .cacheControl, value: field)) }
        response.headerFields[.age] = age
        #expect(response.statedFreshness == seconds.map { .seconds($0) })
    }

    @Test("has bounds that are themselves bounded")
    func bounds() {
        let bounds = SharedValueBounds(
            freshness: .seconds(-5)...Duration.seconds(Int64.max), staleness: .seconds(Int64.max),
            patience: .seconds(-1))
        let year = Duration.seconds(365 * 24 * 60 * 60)
        #expect(bounds.freshness == .zero...year)
        #expect(bounds.staleness == year && bounds.patience == .zero)
        #expect(bounds.freshness(stated: .seconds(Int64.max)) == year)
        #expect(bounds.freshness(stated: .seconds(Int64.min)) == .zero)
    }
}
