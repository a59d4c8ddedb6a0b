// A plot of a few lines as an SVG file of a few kilobytes: axes, grid, names. For the pictures in READMEs.
#pragma once
#include <string>
#include <vector>

namespace arietta {

struct PlotAxis {
  std::string label;
  double from = 0, to = 1;
  bool logarithmic = false;
  std::vector<double> marks;               // where a grid line and a number stand
};

struct PlotLine {
  std::string name;
  std::vector<double> x, y;
};

std::string svg_plot(const std::string& title, const PlotAxis& x, const PlotAxis& y, const std::vector<PlotLine>& lines);   // [main]

}  // namespace arietta
