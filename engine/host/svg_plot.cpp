#include "host/svg_plot.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace arietta {
namespace {

constexpr double kWidth = 560, kHeight = 260, kLeft = 52, kRight = 12, kTop = 42, kBottom = 40;
// Told apart by people who see few colours too: M. Okabe and K. Ito, "Color universal design", 2008.
constexpr const char* kColors[] = {"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00"};

double share(const PlotAxis& axis, double v) {
  return axis.logarithmic ? std::log(v / axis.from) / std::log(axis.to / axis.from) : (v - axis.from) / (axis.to - axis.from);
}

double place_x(const PlotAxis& axis, double v) { return kLeft + (kWidth - kLeft - kRight) * share(axis, v); }
double place_y(const PlotAxis& axis, double v) {
  return kTop + (kHeight - kTop - kBottom) * (1 - std::clamp(share(axis, v), 0.0, 1.0));
}

template <class... Values>
void add(std::string& out, const char* format, Values... values) {
  char text[512];
  std::snprintf(text, sizeof text, format, values...);
  out += text;
}

std::string number(double v) {
  char text[32];
  if (std::fabs(v) >= 1000) std::snprintf(text, sizeof text, "%gk", v / 1000);
  else std::snprintf(text, sizeof text, "%g", v);
  return text;
}

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) out += c == '&' ? "&amp;" : c == '<' ? "&lt;" : std::string(1, c);
  return out;
}

}  // namespace

std::string svg_plot(const std::string& title, const PlotAxis& x, const PlotAxis& y, const std::vector<PlotLine>& lines) {
  std::string out;
  add(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %g %g\" font-family=\"sans-serif\" font-size=\"11\">\n", kWidth, kHeight);
  add(out, "<rect width=\"%g\" height=\"%g\" fill=\"#fff\"/>\n<g stroke=\"#ddd\">\n", kWidth, kHeight);
  for (const double mark : x.marks)
    add(out, "<path d=\"M%.1f %g V%g\"/>\n", place_x(x, mark), kTop, kHeight - kBottom);
  for (const double mark : y.marks)
    add(out, "<path d=\"M%g %.1f H%g\"/>\n", kLeft, place_y(y, mark), kWidth - kRight);
  out += "</g>\n<g fill=\"#444\" text-anchor=\"middle\">\n";
  for (const double mark : x.marks)
    add(out, "<text x=\"%.1f\" y=\"%g\">%s</text>\n", place_x(x, mark), kHeight - kBottom + 14, number(mark).c_str());
  for (const double mark : y.marks)
    add(out, "<text x=\"%g\" y=\"%.1f\" text-anchor=\"end\">%s</text>\n", kLeft - 5, place_y(y, mark) + 4, number(mark).c_str());
  add(out, "<text x=\"%g\" y=\"%g\">%s</text>\n", (kLeft + kWidth - kRight) / 2, kHeight - 8, escaped(x.label).c_str());
  add(out, "<text transform=\"translate(12 %g) rotate(-90)\">%s</text>\n</g>\n", (kTop + kHeight - kBottom) / 2, escaped(y.label).c_str());
  add(out, "<text x=\"%g\" y=\"16\" font-weight=\"bold\">%s</text>\n", kLeft, escaped(title).c_str());

  double right = kWidth - kRight;                    // names stand above the plot, from the right
  for (size_t i = lines.size(); i-- > 0;) {
    const char* color = kColors[i % std::size(kColors)];
    out += "<polyline fill=\"none\" stroke-width=\"1.3\" stroke=\"" + std::string(color) + "\" points=\"";
    for (size_t k = 0; k < lines[i].x.size(); ++k) add(out, "%.1f,%.1f ", place_x(x, lines[i].x[k]), place_y(y, lines[i].y[k]));
    out += "\"/>\n";
    add(out, "<text x=\"%g\" y=\"34\" text-anchor=\"end\" fill=\"%s\">%s</text>\n", right, color, escaped(lines[i].name).c_str());
    right -= 6.0 * double(lines[i].name.size()) + 14;
  }
  return out + "</svg>\n";
}

}  // namespace arietta
