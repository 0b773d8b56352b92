using System.Text.Json.Serialization;

namespace Luodi.Funds.Figures;

/// <summary>Money that moves on a day, seen by who gives it: negative when it is paid in, positive when it comes back.</summary>
public sealed record DatedAmount(DateOnly On, decimal Amount);

/// <summary>An internal rate of return, or why there is none, or that several rates fit. A solver that gives one number for each of the three would mislead in two of them.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Rate), "rate")]
[JsonDerivedType(typeof(Undefined), "undefined")]
[JsonDerivedType(typeof(NotUnique), "not-unique")]
public abstract record InternalRate
{
    private InternalRate()
    {
    }

    /// <param name="Value">A fraction with eight decimals: 0.10810375 is 10.8104 %.</param>
    /// <param name="Annualised">A rate per year; false where all happens within a year: then it is the rate of the whole period, which is never stretched to a year.</param>
    /// <param name="Days">From the first to the last movement.</param>
    public sealed record Rate(decimal Value, bool Annualised, int Days) : InternalRate;

    /// <param name="Reason">One of <see cref="NoRate"/>.</param>
    public sealed record Undefined(string Reason) : InternalRate;

    /// <param name="Roots">Every rate at which the movements are worth nothing, ascending.</param>
    /// <inheritdoc cref="Rate"/>
    public sealed record NotUnique(IReadOnlyList<decimal> Roots, bool Annualised, int Days) : InternalRate;
}

/// <summary>Why movements have no internal rate.</summary>
public static class NoRate
{
    public const string NoFlows = "no-flows";
    public const string OnlyOutflows = "only-outflows";
    public const string OnlyInflows = "only-inflows";

    /// <summary>Both ways, but worth nothing at no rate between <see cref="Xirr.Lowest"/> and <see cref="Xirr.Highest"/>.</summary>
    public const string NoRoot = "no-root";
}

/// <summary>
/// The internal rate of return of dated movements: every r with Σ cᵢ · (1 + r)^(−dᵢ/365) = 0, dᵢ the days since the first movement (actual/365, as XIRR of spreadsheets).
/// Where all happens within a year the exponents are dᵢ/d of the whole life, so that r is the rate of the period (GIPS 2020: returns of less than a year are not annualised).
/// </summary>
public static class Xirr
{
    /// <summary>Rates are looked for from here …</summary>
    public const decimal Lowest = -0.999999999m;

    /// <summary>… to here.</summary>
    public const decimal Highest = 999_999_999m;

    private const double Year = 365;
    private const double Reach = 20.7; // ln(1 + Highest)

    // A critical point at which so little of the sum is left touches zero: two roots in one.
    private const double Touching = 1e-13;

    // Each change of sign costs a level of derivatives: beyond so many they are looked for on a grid, whose time does not depend on them.
    private const int MostChanges = 12;

    // Of ln(1 + r): about 2 % of 1 + r.
    private const double Step = 0.02;

    private const int MostHalvings = 60;

    public static InternalRate Of(IEnumerable<DatedAmount> movements)
    {
        var days = movements.GroupBy(each => each.On).Select(day => new DatedAmount(day.Key, day.Sum(each => each.Amount))).Where(day => day.Amount != 0).OrderBy(day => day.On).ToList();
        if (days.Count == 0) return new InternalRate.Undefined(NoRate.NoFlows);
        if (days.TrueForAll(day => day.Amount < 0)) return new InternalRate.Undefined(NoRate.OnlyOutflows);
        if (days.TrueForAll(day => day.Amount > 0)) return new InternalRate.Undefined(NoRate.OnlyInflows);
        var (first, last) = (days[0].On, days[^1].On);
        var life = last.DayNumber - first.DayNumber;
        var annualised = last > OneYearAfter(first);
        var terms = days.ConvertAll(day => new Term((double)day.Amount, (day.On.DayNumber - first.DayNumber) / (annualised ? Year : life)));
        // Norstrom (1972): where the running total changes its sign once and ends in a gain, one rate above zero fits. Others below zero are no answer to a gain.
        var roots = GainsOnce(days) ? Within(terms, 0, Reach) : ChangesOf(terms) <= MostChanges ? Roots(terms) : RootsOnGrid(terms);
        var rates = roots.ConvertAll(root => decimal.Round((decimal)(Math.Exp(root) - 1), 8));
        return rates.Distinct().ToList() switch
        {
            [] => new InternalRate.Undefined(NoRate.NoRoot),
            [var only] => new InternalRate.Rate(only, annualised, life),
            var several => new InternalRate.NotUnique(several, annualised, life),
        };
    }

    private static DateOnly OneYearAfter(DateOnly day) => day.Year < DateOnly.MaxValue.Year ? day.AddYears(1) : DateOnly.MaxValue;

    private static bool GainsOnce(List<DatedAmount> days)
    {
        var (total, before, changes) = (0m, 0, 0);
        foreach (var day in days)
        {
            total += day.Amount;
            var sign = Math.Sign(total);
            if (sign == 0) continue;
            if (before == -sign) changes++;
            before = sign;
        }
        return days[0].Amount < 0 && total > 0 && changes == 1;
    }

    /// <summary>A part c · e^(−xt) of a sum, where x is ln(1 + r).</summary>
    private sealed record Term(double Coefficient, double Time);

    /// <summary>
    /// All roots, none guessed. By Descartes' rule a sum whose coefficients change their sign v times has at most v roots. Multiplied by e^(xs), s at a change of sign, it has the
    /// same roots, and its derivative has one change less: between the roots of that one the sum rises or falls throughout, so that each stretch holds one root or none.
    /// </summary>
    private static List<double> Roots(List<Term> terms)
    {
        var change = 1;
        while (change < terms.Count && Math.Sign(terms[change].Coefficient) == Math.Sign(terms[change - 1].Coefficient)) change++;
        if (change == terms.Count) return [];
        var middle = (terms[change - 1].Time + terms[change].Time) / 2;
        List<double> borders = [-Reach, .. Roots(terms.ConvertAll(term => new Term(term.Coefficient * (middle - term.Time), term.Time))), Reach];
        List<double> roots = [];
        for (var i = 1; i < borders.Count; i++) roots.AddRange(Within(terms, borders[i - 1], borders[i]));
        return roots;
    }

    /// <summary>The root of a stretch that holds one or none; one at its beginning belongs to the stretch before.</summary>
    private static List<double> Within(List<Term> terms, double low, double high)
    {
        var (from, to) = (Math.Sign(Worth(terms, low)), Math.Sign(Worth(terms, high)));
        return from != 0 && from == -to ? [Between(terms, low, high, from)] : to == 0 ? [high] : [];
    }

    /// <summary>
    /// Roots in bounded time, however often the sign changes. The sum bends no faster than its life in years allows, so that points close beside one another show where it crosses zero; where it
    /// comes near to zero and turns away, the turn is looked at closely, which finds two roots in one and two within a step. Only three or more within one step would be told as one.
    /// </summary>
    private static List<double> RootsOnGrid(List<Term> terms)
    {
        List<(double X, double Worth)> points = [.. Walk(terms, -1).Reverse().SkipLast(1), .. Walk(terms, 1)];
        List<double> roots = [];
        for (var i = 1; i < points.Count; i++)
        {
            var (before, here) = (points[i - 1], points[i]);
            if (before.Worth == 0)
            {
                if (i == 1 || points[i - 2].Worth != 0) roots.Add(before.X);
            }
            else if (Math.Sign(before.Worth) == -Math.Sign(here.Worth)) roots.Add(Between(terms, before.X, here.X, Math.Sign(before.Worth)));
            else if (i + 1 < points.Count && Math.Sign(points[i + 1].Worth) == Math.Sign(here.Worth) && Math.Abs(here.Worth) < Math.Abs(before.Worth) && Math.Abs(here.Worth) <= Math.Abs(points[i + 1].Worth))
            {
                var turn = Turn(terms, before.X, points[i + 1].X, Math.Sign(here.Worth));
                roots.AddRange(Math.Sign(Worth(terms, turn)) is 0 ? [turn] : [.. Within(terms, before.X, turn), .. Within(terms, turn, points[i + 1].X)]);
            }
        }
        return roots;
    }

    /// <summary>The sum step by step from 0 up or down, as a part of its first or last term: every term only shrinks, by the same factor at each step, so that nothing overflows and no power is taken twice.</summary>
    private static IEnumerable<(double X, double Worth)> Walk(List<Term> terms, int direction)
    {
        var anchor = direction > 0 ? 0 : terms[^1].Time;
        var parts = terms.Select(term => term.Coefficient).ToArray();
        var factors = terms.Select(term => Math.Exp(-Step * Math.Abs(term.Time - anchor))).ToArray();
        for (var step = 0; step * Step <= Reach; step++)
        {
            var (sum, size) = (0d, 0d);
            for (var i = 0; i < parts.Length; i++)
            {
                sum += parts[i];
                size += Math.Abs(parts[i]);
                parts[i] *= factors[i];
            }
            yield return (direction * step * Step, Math.Abs(sum) <= Touching * size ? 0 : sum);
        }
    }

    /// <summary>Where the sum turns between two points: nearest to zero, or beyond it.</summary>
    private static double Turn(List<Term> terms, double low, double high, int sign)
    {
        for (var halving = 0; halving < MostHalvings; halving++)
        {
            var (left, right) = (low + ((high - low) / 3), high - ((high - low) / 3));
            if (Math.Sign(Worth(terms, left)) != sign) return left;
            if (Math.Sign(Worth(terms, right)) != sign) return right;
            if (Math.Abs(Worth(terms, left)) < Math.Abs(Worth(terms, right))) high = right;
            else low = left;
        }
        return (low + high) / 2;
    }

    private static int ChangesOf(List<Term> terms) => terms.Zip(terms.Skip(1)).Count(pair => Math.Sign(pair.First.Coefficient) != Math.Sign(pair.Second.Coefficient));

    private static double Between(List<Term> terms, double low, double high, int signBelow)
    {
        while (true)
        {
            var middle = (low + high) / 2;
            if (middle <= low || middle >= high) return middle;
            if (Math.Sign(Worth(terms, middle)) == signBelow) low = middle;
            else high = middle;
        }
    }

    /// <summary>The sum as a part of its largest term, which keeps it from overflowing. Exactly 0 where what is left is within the error of adding.</summary>
    private static double Worth(List<Term> terms, double x)
    {
        var highest = double.NegativeInfinity;
        foreach (var term in terms) highest = Math.Max(highest, -x * term.Time);
        var (sum, size) = (0d, 0d);
        foreach (var term in terms)
        {
            var part = term.Coefficient * Math.Exp((-x * term.Time) - highest);
            sum += part;
            size += Math.Abs(part);
        }
        return Math.Abs(sum) <= Touching * size ? 0 : sum;
    }
}
